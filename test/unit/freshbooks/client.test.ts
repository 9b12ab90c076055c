import { describe, expect, it } from '@jest/globals';
import { kindOfError, retryAfter } from '../../../src/freshbooks/classify.ts';
import type { Access } from '../../../src/freshbooks/client.ts';
import type { Transport, WireReply } from '../../../src/freshbooks/transport.ts';
import { vendorError } from '../../../src/freshbooks/vendor-error.ts';
import { clientOn } from './fake-freshbooks.ts';

const farOff = Date.parse('2026-06-30T00:00:00Z');

type Answer = Partial<Omit<WireReply, 'text'>> & { body?: unknown; text?: string };

/** Gives the answers in turn, the last one for ever. */
function answering(...answers: Answer[]): { transport: Transport; tokens: string[]; paths: string[] } {
  const tokens: string[] = [];
  const paths: string[] = [];
  const transport: Transport = async ({ headers, url }) => {
    const answer = answers[Math.min(tokens.length, answers.length - 1)] ?? {};
    tokens.push(headers['Authorization'] ?? '');
    paths.push(new URL(url).pathname);
    const text = answer.text ?? JSON.stringify(answer.body ?? { response: {} });
    return { status: answer.status ?? 200, headers: answer.headers ?? {}, text };
  };
  return { transport, tokens, paths };
}

const access: Access = { token: async () => 'first', refused: async () => 'second' };

function ask(transport: Transport, deadline = farOff): { result: Promise<unknown>; slept: number[] } {
  const { client, slept } = clientOn(transport);
  const as = (body: unknown): unknown => body;
  const result = client
    .get({ subject: 'invoices', path: '/x', access, as, deadline })
    .then(({ value }) => value);
  return { result, slept };
}

const accountingError = (errno: number, message = 'A message') => ({
  response: { errors: [{ errno, field: 'userid', message, object: 'client', value: '12345' }] },
});
const rpcError = (code: number, reason?: string) => ({
  code,
  message: 'Request failed with status_code',
  details: reason === undefined ? [] : [{ reason, metadata: { message: 'm', value: 'secret@example.com' } }],
});

describe('a refusal', () => {
  it.each([
    [403, { response: { errors: [{ errno: 1003, message: 'scopes needed' }] } }, 'no-permission'],
    [403, { message: 'missing scope' }, 'no-permission'],
    [200, accountingError(12001), 'no-permission'],
    [200, accountingError(31001), 'no-permission'],
    [200, accountingError(41001), 'no-permission'],
    [200, accountingError(41101), 'no-permission'],
    [200, accountingError(1042), 'no-permission'],
    [200, { response: { errors: { errno: 1003, message: 'Permission Denied.' } } }, 'no-permission'],
    [200, accountingError(99_999, 'You do not have permission'), 'no-permission'],
    [404, accountingError(1012), 'not-found'],
    [404, rpcError(5, '1012'), 'not-found'],
    [400, accountingError(1014), 'broken'],
    [422, accountingError(1024), 'broken'],
    [422, { errno: 2001, error: { title: 'field required' } }, 'broken'],
    [418, {}, 'broken'],
  ])('with status %i and body %j is %s, and not asked again', async (status, body, kind) => {
    const { transport, tokens } = answering({ status, body });

    await expect(ask(transport).result).rejects.toMatchObject({ kind, retry: 'never' });
    expect(tokens.length).toBe(1);
  });

  it.each([
    [429, accountingError(429), 'too-many'],
    [200, accountingError(429), 'too-many'],
    [500, { error: 'internal error' }, 'unavailable'],
    [503, 'busy', 'unavailable'],
    [409, accountingError(409), 'unavailable'],
    [200, accountingError(500), 'unavailable'],
    [302, '', 'unavailable'],
  ])('with status %i and body %j is %s, and asked again', async (status, body, kind) => {
    const { transport, tokens } = answering({ status, body });

    await expect(ask(transport).result).rejects.toMatchObject({ kind, retry: 'later' });
    expect(tokens.length).toBe(kind === 'too-many' ? 12 : 5);
  });

  it('is told in our words, without anything out of the body', async () => {
    const { transport } = answering({
      status: 422,
      body: accountingError(1024, 'Ms Secret owes 500 dollars'),
    });

    await expect(ask(transport).result).rejects.toMatchObject({
      sentence: 'invoices: FreshBooks refused the request as malformed (HTTP 422, errno 1024).',
    });
  });

  it('of HTML in place of JSON is unavailable', async () => {
    const { transport } = answering({ text: '<html>maintenance</html>' });

    await expect(ask(transport).result).rejects.toMatchObject({ kind: 'unavailable' });
  });
});

describe('a token that is refused', () => {
  it('is replaced once, and the same page asked for with the new one', async () => {
    const { transport, tokens } = answering(
      { status: 401, body: { error: 'unauthenticated' } },
      { body: { ok: 1 } },
    );

    await expect(ask(transport).result).resolves.toEqual({ ok: 1 });
    expect(tokens).toEqual(['Bearer first', 'Bearer second']);
  });

  it('twice is access lost when FreshBooks does not know the new one anywhere', async () => {
    const { transport, paths } = answering({ status: 401, body: accountingError(1003) });

    await expect(ask(transport).result).rejects.toMatchObject({ kind: 'access-lost' });
    expect(paths).toEqual(['/x', '/x', '/auth/api/v1/users/me']);
  });

  it('twice is a missing permission when FreshBooks knows the person by it', async () => {
    const refused = { status: 401, body: accountingError(1003) };
    const { transport } = answering(refused, refused, { body: { response: { id: 1 } } });

    await expect(ask(transport).result).rejects.toMatchObject({ kind: 'no-permission', retry: 'never' });
  });
});

describe('trying again', () => {
  it('waits as long as Retry-After says, and a random while more', async () => {
    const { transport } = answering({ status: 429, headers: { 'retry-after': '7' } }, { body: { ok: 1 } });
    const { result, slept } = ask(transport);

    await expect(result).resolves.toEqual({ ok: 1 });
    expect(slept).toEqual([7_000 + 0.5 * 400]);
  });

  it('holds back every other call as long as Retry-After says', async () => {
    const sentAt: number[] = [];
    const { client, now } = clientOn(async () => {
      sentAt.push(now());
      const first = sentAt.length === 1;
      return { status: first ? 429 : 200, headers: first ? { 'retry-after': '30' } : {}, text: '{"ok":1}' };
    });
    const as = (body: unknown): unknown => body;
    const get = () => client.get({ subject: 'invoices', path: '/x', access, as, deadline: farOff });

    await Promise.all([get(), Promise.resolve().then(get)]);

    const began = sentAt[0] ?? 0;
    expect(sentAt.slice(1).every((at) => at - began >= 30_000)).toBe(true);
    expect(sentAt.length).toBe(3);
  });

  it('holds back nobody else: one person’s limit is not another’s', async () => {
    const sentAt: { token: string; at: number }[] = [];
    const { client, now } = clientOn(async ({ headers }) => {
      const token = headers['Authorization'] ?? '';
      sentAt.push({ token, at: now() });
      const limited = sentAt.length === 1;
      return {
        status: limited ? 429 : 200,
        headers: limited ? { 'retry-after': '30' } : {},
        text: '{"ok":1}',
      };
    });
    const as = (body: unknown): unknown => body;
    const get = (token: string) =>
      client.get({
        subject: 'x',
        path: '/x',
        access: { ...access, token: async () => token },
        as,
        deadline: farOff,
      });

    await Promise.all([get('limited'), Promise.resolve().then(() => get('other'))]);

    const [first, other] = sentAt;
    expect(other).toEqual({ token: 'Bearer other', at: first?.at });
  });

  it('gives up at once when it is asked to wait longer than a run may spend', async () => {
    const { result, slept } = ask(answering({ status: 429, headers: { 'retry-after': '600' } }).transport);

    await expect(result).rejects.toMatchObject({ kind: 'too-many', retryAfterSeconds: 600 });
    expect(slept).toEqual([]);
  });

  it('waits twice as long each time, and gives up after five', async () => {
    const { result, slept } = ask(answering({ status: 503 }).transport);

    await expect(result).rejects.toMatchObject({ kind: 'unavailable' });
    expect(slept).toEqual([200, 400, 800, 1_600]);
  });

  it('does not begin a wait that the deadline would cut short', async () => {
    const { transport } = answering({ status: 429, headers: { 'retry-after': '60' } });
    const { result, slept } = ask(transport, Date.parse('2026-06-29T16:49:46Z'));

    await expect(result).rejects.toMatchObject({ kind: 'too-many', retryAfterSeconds: 60 });
    expect(slept).toEqual([]);
  });

  it.each([
    ['30', 30],
    ['Mon, 29 Jun 2026 16:50:16 GMT', 60],
    ['Mon, 29 Jun 2020 16:50:16 GMT', 0],
    ['soon', undefined],
  ])('reads Retry-After %s as %s seconds', (header, seconds) => {
    expect(retryAfter(header, () => Date.parse('2026-06-29T16:49:16Z'))).toBe(seconds);
  });
});

describe('an error body', () => {
  it.each([
    [accountingError(1012), 'not-found'],
    [rpcError(16, '1003'), 'access-lost'],
    [rpcError(7), 'no-permission'],
    [rpcError(3), 'broken'],
    [rpcError(8), 'too-many'],
    [
      { error: 'unauthenticated', error_description: 'This action requires authentication to continue.' },
      'access-lost',
    ],
    [{ error: 'invalid_token', error_description: 'x', state: 'unauthorized' }, 'access-lost'],
    [{ error: 'internal_server_error', error_description: 'internal server error' }, 'unavailable'],
    [{ error_type: 'unauthorized', message: 'x' }, 'access-lost'],
    [{ error_type: 'forbidden', message: 'Forbidden.' }, 'no-permission'],
    [{ error_type: 'not_found', message: 'x' }, 'not-found'],
    [{ error: 'Requested resource could not be found.' }, 'not-found'],
    [{ message: 'The requested URL was not found on the server.' }, 'not-found'],
    [{ errno: 404, message: 'x' }, 'not-found'],
    [{ errno: 401, message: 'invalid_token: x' }, 'access-lost'],
    [{ errors: { message: 'x', status: 400, details: [] } }, 'broken'],
    [{ errors: [{ field: 'x', message: 'y' }] }, 'broken'],
    [
      accountingError(1003, 'The server could not verify that you are authorized to access it'),
      'access-lost',
    ],
    [accountingError(1003, 'Permission Denied.'), 'no-permission'],
  ])('%j means %s', (body, kind) => {
    const error = vendorError(body);

    expect(error && kindOfError(error)).toBe(kind);
  });

  it.each([
    [{ response: { result: { clients: [], page: 1 } } }],
    [{ response: { id: 1, email: 'a@b.c' } }],
    [{ data: [] }],
    [{ projects: [], meta: {} }],
    [[]],
    [null],
    ['text'],
  ])('is not seen in %j', (body) => {
    expect(vendorError(body)).toBeUndefined();
  });
});
