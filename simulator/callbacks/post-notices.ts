import type { Store } from '../store.ts';
import type { Notices, Waiting } from './notices.ts';
import { signatureOf } from './signature.ts';

/** What became of a posted form: the answer's status, 0 where there was none. */
type Posted = { at: string; callbackId: number; event: string; objectId: string; status: number };

/** Posts what is due and answers what became of it. Calls that overlap post nothing twice. */
export type PostNotices = () => Promise<readonly Posted[]>;

// §5.2: ten seconds, and a redirect is a failure.
const timeoutMs = 10_000;

const post = async ({ uri, fields, verifier }: Waiting, stop: AbortSignal): Promise<number> => {
  const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();
  const signature =
    verifier === undefined ? {} : { 'x-freshbooks-hmac-sha256': signatureOf(fields, verifier) };
  try {
    const answer = await fetch(uri, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...signature },
      signal: AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
};

const field = ({ fields }: Waiting, wanted: string): string =>
  fields.find(([name]) => name === wanted)?.[1] ?? '';

export const makePostNotices = (
  { transaction }: Pick<Store, 'transaction'>,
  notices: Notices,
  now: () => number,
  stop: AbortSignal,
): PostNotices => {
  const sending = new Set<number>();
  return async () => {
    const posted: Posted[] = [];
    for (const notice of notices.due()) {
      if (stop.aborted || sending.has(notice.n)) continue;
      sending.add(notice.n);
      const status = await post(notice, stop);
      // The store is closed by then: what was not settled is posted again at the next start.
      if (stop.aborted) continue;
      transaction(() => notices.settle(notice, status >= 200 && status < 300));
      sending.delete(notice.n);
      const { callbackId } = notice;
      const [event, objectId] = [field(notice, 'name'), field(notice, 'object_id')];
      posted.push({ at: new Date(now()).toISOString(), callbackId, event, objectId, status });
    }
    return posted;
  };
};
