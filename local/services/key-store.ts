import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

export type EncryptionContext = Readonly<Record<string, string>>;

/** Key material by key id, in the vault's file. Ciphertexts bind key and encryption context, as KMS does. */
export interface KeyStore {
  encrypt(keyArn: string, plaintext: Buffer, context: EncryptionContext): Buffer;
  /** @returns undefined when the blob is not ours or the context differs */
  decrypt(blob: Buffer, context: EncryptionContext): { keyArn: string; plaintext: Buffer } | undefined;
  /** Which key a blob was sealed under; nothing is opened. */
  keyOf(blob: Buffer): string | undefined;
}

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

function associated(keyArn: string, context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Buffer.from(JSON.stringify([keyArn, pairs]));
}

interface Sealed {
  readonly keyArn: string;
  readonly iv: Buffer;
  readonly tag: Buffer;
  readonly text: Buffer;
}

function open(blob: Buffer): Sealed | undefined {
  const length = blob[1] ?? 0;
  const start = 2 + length;
  if (blob[0] !== VERSION || blob.length < start + IV_BYTES + TAG_BYTES) return undefined;
  return {
    keyArn: blob.toString('utf8', 2, start),
    iv: blob.subarray(start, start + IV_BYTES),
    tag: blob.subarray(start + IV_BYTES, start + IV_BYTES + TAG_BYTES),
    text: blob.subarray(start + IV_BYTES + TAG_BYTES),
  };
}

export function openKeyStore(database: DatabaseSync): KeyStore {
  database.exec('CREATE TABLE IF NOT EXISTS keys (arn TEXT PRIMARY KEY, material BLOB NOT NULL)');
  const find = database.prepare('SELECT material FROM keys WHERE arn = ?');
  const add = database.prepare('INSERT OR IGNORE INTO keys (arn, material) VALUES (?, ?)');
  const materialOf = (keyArn: string): Buffer => {
    add.run(keyArn, randomBytes(32));
    const material = find.get(keyArn)?.['material'];
    if (material instanceof Uint8Array) return Buffer.from(material);
    throw new Error(`the vault lost the material of ${keyArn}`);
  };
  return {
    keyOf: (blob) => open(blob)?.keyArn,
    encrypt: (keyArn, plaintext, context) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', materialOf(keyArn), iv).setAAD(
        associated(keyArn, context),
      );
      const text = Buffer.concat([cipher.update(plaintext), cipher.final()]);
      const name = Buffer.from(keyArn);
      return Buffer.concat([Buffer.from([VERSION, name.length]), name, iv, cipher.getAuthTag(), text]);
    },
    decrypt: (blob, context) => {
      const sealed = open(blob);
      if (!sealed) return undefined;
      const { keyArn, iv, tag, text } = sealed;
      try {
        const decipher = createDecipheriv('aes-256-gcm', materialOf(keyArn), iv);
        decipher.setAAD(associated(keyArn, context)).setAuthTag(tag);
        return { keyArn, plaintext: Buffer.concat([decipher.update(text), decipher.final()]) };
      } catch {
        return undefined;
      }
    },
  };
}
