import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import type { DataType } from '../../domain/data-types.ts';
import { plusSeconds } from '../../domain/instant.ts';
import { Problem } from '../../domain/problem.ts';
import { digestOf } from '../digest.ts';
import type { Clock, NewId, Paper, PaperRefusal, Papers, Wait, Waker } from '../ports.ts';
import type { BooksOf } from '../reading/choose-connection.ts';
import { notLinked, waitsSeconds } from './waiting.ts';

/** Looked for this often: most PDFs are there after one or two seconds. */
const lookEverySeconds = 0.4;

type Deps = {
  chooseConnection: (books: BooksOf, dataType: DataType) => Promise<Connection>;
  readOne: (books: BooksOf, dataType: DataType, id: string) => Promise<Record<string, unknown>>;
  papers: Pick<Papers, 'find' | 'refusal'>;
  wake: Waker;
  wait: Wait;
  clock: Clock;
  newId: NewId;
};

/**
 * An invoice as FreshBooks prints it. Only a worker may open a consent, so a worker is asked and waited for; what was
 * printed is kept for a day at most, under what the invoice held then. Throws Problems: `not-found` for an invoice that
 * is not there or deleted, `conflict` where nobody may ask FreshBooks, `unavailable` when it takes too long.
 */
export function makeReadPaper(deps: Deps) {
  return async (books: BooksOf, invoiceId: string): Promise<Uint8Array> => {
    const connection = await deps.chooseConnection(books, 'invoices');
    const record = await deps.readOne(books, 'invoices', invoiceId);
    if (isDeleted(record)) {
      const sentence = `The invoice ${invoiceId} was deleted at FreshBooks, which prints none of those.`;
      throw new Problem('not-found', sentence);
    }
    const ref = { companyId: connection.companyId, connectionId: connection.id };
    const paper = { invoiceId, version: digestOf(JSON.stringify(record)) };
    const kept = await deps.papers.find(ref, paper);
    if (kept !== undefined) return kept;
    if (connection.state !== 'Linked') throw notLinked();
    return printed(deps, ref, paper);
  };
}

async function printed(deps: Deps, ref: ConnectionRef, paper: Paper): Promise<Uint8Array> {
  const ask = deps.newId();
  await deps.wake({ kind: 'print', ref, paper, ask });
  const until = plusSeconds(deps.clock(), waitsSeconds);
  while (deps.clock() < until) {
    await deps.wait(lookEverySeconds);
    const found = await deps.papers.find(ref, paper);
    if (found !== undefined) return found;
    const refusal = await deps.papers.refusal(ref, ask);
    if (refusal !== undefined) throw refused(refusal);
  }
  throw new Problem(
    'unavailable',
    'FreshBooks is still being asked for this PDF. Ask for it again in some seconds.',
    { retryAfterSeconds: 5 },
  );
}

function refused({ kind, sentence, retryAfterSeconds }: PaperRefusal): Problem {
  return new Problem(kind, sentence, retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
}

function isDeleted({ metadata }: Record<string, unknown>): boolean {
  const gone = typeof metadata === 'object' && metadata !== null && 'isDeleted' in metadata;
  return gone && metadata.isDeleted === true;
}
