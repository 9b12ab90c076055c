import { type Claim, claim, type IdempotentCall } from '../../domain/idempotent-call.ts';
import { secondsBetween } from '../../domain/instant.ts';
import { never, Problem } from '../../domain/problem.ts';
import { digestOf } from '../digest.ts';
import type { Clock, Decision, IdempotentCalls, Log, NewId } from '../ports.ts';
import { openReply, sealReply } from './seal-reply.ts';

type Call = {
  /** The caller's Idempotency-Key, and what they authorised themselves with. */
  key: string;
  credential: string;
  /** All that makes it this call and no other: method, path, query, body. */
  content: string;
};

/**
 * `make` makes the call and answers its reply; what it throws is not kept. `creates` is the id of what the call
 * creates: whoever makes the call again is handed the same one.
 */
export type MakeOnce = (
  call: Call,
  make: (creates: string) => Promise<string>,
) => Promise<{ text: string; again: boolean }>;

type Deps = { calls: IdempotentCalls; clock: Clock; newId: NewId; log: Log };

/**
 * Makes a call once for all requests that carry its key: later ones are given the first one's reply. A request that
 * died in the middle is made up for by the next after a minute, which is handed the same id to create, so that nothing
 * is created twice. Problem `unprocessable` when the key was used for another call, `conflict` while another request
 * is at it, and when its reply belongs to somebody else.
 */
export function makeMakeOnce(deps: Deps): MakeOnce {
  return async (call, make) => {
    const id = digestOf(call.key);
    const owner = deps.newId();
    const newId = deps.newId();
    const fingerprint = digestOf(call.content);
    const claimed = await deps.calls.change(id, (held): Decision<IdempotentCall, Claim> => {
      const result = claim(held, { fingerprint, owner, now: deps.clock(), newId });
      return result.kind === 'mine' ? { next: result.next, result } : { result };
    });
    switch (claimed.kind) {
      case 'mine':
        return {
          text: await mine(deps, { ...call, id, owner }, () => make(claimed.next.creates)),
          again: false,
        };
      case 'answered':
        return { text: opened(openReply(claimed.reply, call)), again: true };
      case 'busy':
        throw new Problem(
          'conflict',
          'Another request with this Idempotency-Key is being worked on. Try again in a moment.',
          {
            retry: 'later',
            retryAfterSeconds: Math.max(1, secondsBetween(deps.clock(), claimed.until)),
          },
        );
      case 'other':
        throw new Problem(
          'unprocessable',
          'This Idempotency-Key was used for another request. Use a new key for each request.',
        );
      default:
        return never(claimed);
    }
  };
}

type Mine = Call & { id: string; owner: string };

async function mine(deps: Deps, { id, owner, ...call }: Mine, make: () => Promise<string>): Promise<string> {
  const ended = (after: (held: IdempotentCall) => IdempotentCall) => end(deps, id, owner, after);
  try {
    const text = await make();
    await ended((held) => ({ ...held, reply: sealReply(text, call) }));
    return text;
  } catch (error) {
    // Whoever repeats it need not wait, and creates under the same id what may have been created.
    await ended((held) => ({ ...held, until: deps.clock() }));
    throw error;
  }
}

/** What was done is done, and the caller is told so: that it could not be kept only makes a repetition do it again. */
async function end(
  { calls, log }: Deps,
  id: string,
  owner: string,
  after: (held: IdempotentCall) => IdempotentCall,
): Promise<void> {
  try {
    await calls.change(id, (held) =>
      held?.owner === owner ? { next: after(held), result: undefined } : { result: undefined },
    );
  } catch (error) {
    log.warn('call.reply.not-kept', { error: String(error) });
  }
}

function opened(text: string | undefined): string {
  if (text !== undefined) return text;
  throw new Problem(
    'conflict',
    'This request was made already, by a caller with another key or sign-in, and its reply is theirs. Use a new Idempotency-Key.',
  );
}
