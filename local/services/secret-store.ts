import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { AwsError } from '../aws/aws-request.ts';
import type { KeyStore } from './key-store.ts';

/** A secret of the stack, without its values. */
export interface SecretFacts {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  /** The customer's own key; absent means the account's `aws/secretsmanager`, which needs no permission. */
  readonly keyArn?: string;
}

/** What one version of a secret holds. */
export interface SecretVersion {
  readonly id: string;
  readonly stages: readonly string[];
  readonly created: number;
  readonly value: { readonly SecretString?: string | undefined; readonly SecretBinary?: string | undefined };
}

const Row = z.object({
  id: z.string(),
  stages: z.string(),
  created: z.number(),
  sealed: z.instanceof(Uint8Array),
});
const Value = z.object({ SecretString: z.string().optional(), SecretBinary: z.string().optional() });

const MOST_LABELS = 20;
const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

/** Versions and staging labels, kept sealed in the vault's file. Every move of a label is one transaction. */
export class SecretStore {
  readonly #database: DatabaseSync;
  readonly #keys: KeyStore;
  readonly #now: () => number;

  constructor(database: DatabaseSync, keys: KeyStore, now: () => number) {
    this.#database = database;
    this.#keys = keys;
    this.#now = now;
    database.exec(
      `CREATE TABLE IF NOT EXISTS secret_versions (secret TEXT NOT NULL, id TEXT NOT NULL, stages TEXT NOT NULL,
       created INTEGER NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (secret, id))`,
    );
  }

  versions(secret: SecretFacts): SecretVersion[] {
    const rows = this.#database.prepare(
      'SELECT * FROM secret_versions WHERE secret = ? ORDER BY created, rowid',
    );
    return rows.all(secret.arn).map((row) => this.#read(secret, Row.parse(row)));
  }

  version(secret: SecretFacts, id: string | undefined, stage: string | undefined): SecretVersion {
    const found = this.versions(secret).find(
      (version) =>
        (id === undefined || version.id === id) &&
        (id !== undefined && stage === undefined ? true : version.stages.includes(stage ?? CURRENT)),
    );
    if (found) return found;
    const by = id === undefined ? `staging label: ${stage ?? CURRENT}` : `VersionId: ${id}`;
    throw new AwsError(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for ${by}`,
    );
  }

  /** Adds a version; the same id with the same value again changes nothing (API reference, PutSecretValue). */
  put(
    secret: SecretFacts,
    id: string,
    value: SecretVersion['value'],
    stages: readonly string[],
  ): SecretVersion {
    const existing = this.versions(secret).find((version) => version.id === id);
    if (existing) {
      if (JSON.stringify(existing.value) === JSON.stringify(value)) return existing;
      throw new AwsError(
        'ResourceExistsException',
        "You can't use ClientRequestToken more than once with different values.",
      );
    }
    const sealed = this.#keys.encrypt(keyOf(secret), Buffer.from(JSON.stringify(value)), sealContext(secret));
    this.#inOneStep(() => {
      const first = this.versions(secret).length === 0 && !stages.includes(CURRENT) ? [CURRENT] : [];
      this.#database
        .prepare('INSERT INTO secret_versions (secret, id, stages, created, sealed) VALUES (?, ?, ?, ?, ?)')
        .run(secret.arn, id, '[]', this.#now(), sealed);
      for (const stage of [...stages, ...first]) this.#moveTo(secret, stage, id);
      this.#keepToLimits(secret);
    });
    return this.version(secret, id, undefined);
  }

  moveStage(secret: SecretFacts, stage: string, to: string | undefined, from: string | undefined): void {
    const holder = this.versions(secret).find((version) => version.stages.includes(stage));
    if (to !== undefined && !this.versions(secret).some(({ id }) => id === to)) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret version: ${to}`,
      );
    }
    if (holder && holder.id !== from && holder.id !== to) {
      throw new AwsError(
        'InvalidParameterException',
        `The parameter RemoveFromVersionId must be ${holder.id}, which holds the label ${stage}.`,
      );
    }
    if (stage === CURRENT && to === undefined) {
      throw new AwsError(
        'InvalidParameterException',
        `You can't remove the label ${CURRENT}; move it to another version.`,
      );
    }
    this.#inOneStep(() => {
      if (to === undefined && holder) this.#setStages(secret, holder.id, without(holder.stages, stage));
      if (to !== undefined) this.#moveTo(secret, stage, to);
    });
  }

  #moveTo(secret: SecretFacts, stage: string, id: string): void {
    const holder = this.versions(secret).find((version) => version.stages.includes(stage));
    if (holder?.id === id) return;
    if (holder) this.#setStages(secret, holder.id, without(holder.stages, stage));
    // AWSPREVIOUS follows AWSCURRENT by itself.
    if (holder && stage === CURRENT) this.#moveTo(secret, PREVIOUS, holder.id);
    const target = this.version(secret, id, undefined);
    const kept = stage === CURRENT ? without(target.stages, PREVIOUS) : target.stages;
    this.#setStages(secret, id, [...kept, stage]);
  }

  #keepToLimits(secret: SecretFacts): void {
    const labels = this.versions(secret).reduce((sum, { stages }) => sum + stages.length, 0);
    if (labels <= MOST_LABELS) return;
    throw new AwsError('LimitExceededException', `A secret can have at most ${MOST_LABELS} staging labels.`);
  }

  #setStages(secret: SecretFacts, id: string, stages: readonly string[]): void {
    this.#database
      .prepare('UPDATE secret_versions SET stages = ? WHERE secret = ? AND id = ?')
      .run(JSON.stringify(stages), secret.arn, id);
  }

  #inOneStep(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  #read(secret: SecretFacts, row: z.infer<typeof Row>): SecretVersion {
    const opened = this.#keys.decrypt(Buffer.from(row.sealed), sealContext(secret));
    if (!opened) throw new Error(`the vault cannot open ${secret.name}`);
    const stages = z.array(z.string()).parse(JSON.parse(row.stages));
    return {
      id: row.id,
      stages,
      created: row.created,
      value: Value.parse(JSON.parse(opened.plaintext.toString())),
    };
  }
}

const without = (stages: readonly string[], stage: string) => stages.filter((each) => each !== stage);
const sealContext = (secret: SecretFacts) => ({ SecretARN: secret.arn });
const keyOf = (secret: SecretFacts) => secret.keyArn ?? 'aws/secretsmanager';
