import type { Connection, ConnectionRef } from '../../domain/connection.ts';
import { plusSeconds } from '../../domain/instant.ts';
import { Problem } from '../../domain/problem.ts';
import type { GrantToken } from '../grants/grant-token.ts';
import type { Clock, Connections, Log, Paper, PaperRefusal, Papers, ReadPdf } from '../ports.ts';
import { notLinked, waitsSeconds } from './waiting.ts';

type Deps = {
  connections: Pick<Connections, 'find'>;
  papers: Pick<Papers, 'find' | 'keep' | 'remove' | 'refuse'>;
  readPdf: ReadPdf;
  grantToken: (grantId: string) => GrantToken;
  clock: Clock;
  log: Log;
};

/**
 * The worker's part in a print: fetches the PDF and leaves it, or why not, for the one who waits. What FreshBooks
 * refuses is not tried again: whoever waited has gone by then, and asks again. Takes no lease: no books are changed.
 */
export function makePrintPaper(deps: Deps) {
  return async (ref: ConnectionRef, paper: Paper, ask: string): Promise<void> => {
    const connection = await deps.connections.find(ref);
    if (!isThere(connection)) return deps.papers.remove(ref, paper);
    try {
      await print(deps, connection, paper);
    } catch (error) {
      const refusal = refusalOf(error);
      deps.log.warn('paper.refused', { connection: ref.connectionId, kind: refusal.kind });
      await deps.papers.refuse(ref, ask, refusal);
    }
    // An erasing that began meanwhile may have looked before it was written.
    if (!isThere(await deps.connections.find(ref))) await deps.papers.remove(ref, paper);
  };
}

async function print(deps: Deps, connection: Connection, paper: Paper): Promise<void> {
  const { companyId, id: connectionId, business, grantId, state } = connection;
  const ref = { companyId, connectionId };
  if (state !== 'Linked' || business === undefined || grantId === undefined) throw notLinked();
  if ((await deps.papers.find(ref, paper)) !== undefined) return;
  const pdf = await deps.readPdf({
    invoiceId: paper.invoiceId,
    accountId: business.accountId,
    access: deps.grantToken(grantId),
    deadline: plusSeconds(deps.clock(), waitsSeconds),
  });
  await deps.papers.keep(ref, paper, pdf);
}

function isThere(connection: Connection | undefined): connection is Connection {
  return connection !== undefined && connection.erasing === undefined;
}

function refusalOf(error: unknown): PaperRefusal {
  if (error instanceof Problem) return error;
  return { kind: 'broken', sentence: 'The invoice could not be fetched.', retryAfterSeconds: undefined };
}
