import type { ConnectionRef } from '../../domain/connection.ts';
import type { Instant } from '../../domain/instant.ts';
import { never } from '../../domain/problem.ts';
import type { Paper, Wake } from '../ports.ts';

/** Serves one message; a throw means that it is to come again. Messages may be repeated, late or lost. */
export function makeServeWake(deps: {
  runSync: (ref: ConnectionRef, deadline: Instant) => Promise<unknown>;
  tendHooks: (ref: ConnectionRef) => Promise<unknown>;
  releaseAccess: (ref: ConnectionRef, grantId: string) => Promise<void>;
  eraseBooks: (ref: ConnectionRef, grantId?: string) => Promise<void>;
  sweepConnection: (ref: ConnectionRef, deadline: Instant) => Promise<unknown>;
  printPaper: (ref: ConnectionRef, paper: Paper, ask: string) => Promise<void>;
  resumeLink: (attemptId: string) => Promise<unknown>;
  giveBack: (grantId: string, since: Instant) => Promise<void>;
}): (wake: Wake, deadline: Instant) => Promise<void> {
  return async (wake, deadline) => {
    switch (wake.kind) {
      case 'sync':
        if ((await deps.runSync(wake.ref, deadline)) === 'published') await deps.tendHooks(wake.ref);
        return;
      case 'hooks':
        await deps.tendHooks(wake.ref);
        return;
      case 'release':
        return deps.releaseAccess(wake.ref, wake.grantId);
      case 'erase':
        return deps.eraseBooks(wake.ref, wake.grantId);
      case 'sweep':
        await deps.sweepConnection(wake.ref, deadline);
        return;
      case 'print':
        return deps.printPaper(wake.ref, wake.paper, wake.ask);
      case 'resume':
        await deps.resumeLink(wake.attemptId);
        return;
      case 'give-back':
        return deps.giveBack(wake.grantId, wake.since);
      default:
        never(wake);
    }
  };
}
