import { describe, expect, it } from '@jest/globals';
import { doneMessages } from '../../local/events/poll-queue.ts';
import { parseRate } from '../../local/events/schedule.ts';
import { compileAccessLog } from '../../local/gateway/access-log.ts';
import { corsHeaders } from '../../local/gateway/cors.ts';
import { makeRouteTable, parseRouteKey } from '../../local/gateway/route-table.ts';
import { makeThrottle } from '../../local/gateway/throttle.ts';

describe('the most specific route wins', () => {
  const find = makeRouteTable(
    [
      '$default',
      'ANY /{proxy+}',
      'GET /a/{id}',
      'ANY /a/{id}',
      'GET /a/b',
      'ANY /a/b',
      'ANY /a/{proxy+}',
      'GET /',
    ].map(parseRouteKey),
  );

  it.each([
    ['GET', '/a/b', 'GET /a/b'],
    ['POST', '/a/b', 'ANY /a/b'],
    ['GET', '/a/c', 'GET /a/{id}'],
    ['PUT', '/a/c', 'ANY /a/{id}'],
    ['GET', '/a/b/c', 'ANY /a/{proxy+}'],
    ['GET', '/x', 'ANY /{proxy+}'],
    ['GET', '/', 'GET /'],
    ['GET', '/a/', 'GET /a/{id}'],
  ])('%s %s goes to %s', (method, path, key) => {
    expect(find(method, path)?.route.key).toBe(key);
  });

  it('and without a fitting one there is none', () => {
    expect(makeRouteTable([parseRouteKey('GET /a')])('POST', '/a')).toBeUndefined();
  });
});

describe('a throttle', () => {
  it('lets a burst through, then so many a second', () => {
    let now = 0;
    const admit = makeThrottle(2, 3, () => now);

    expect([admit(), admit(), admit(), admit()]).toEqual([true, true, true, false]);
    now = 500;
    expect([admit(), admit()]).toEqual([true, false]);
  });
});

describe('an access log format', () => {
  it('lets nothing that a caller wrote end a line or a text', () => {
    const line = compileAccessLog('{"path":"$context.path"}', 'x')({ path: '/a"}\n{"forged":true\u0000' });

    expect(JSON.parse(line)).toEqual({ path: '/a"}\n{"forged":true\u0000' });
    expect(line).not.toMatch(/\n/);
  });

  it('is filled in, with a dash for what is not known', () => {
    expect(
      compileAccessLog('{"s":"$context.status","e":"$context.error.message"}', 'x')({ status: '200' }),
    ).toBe('{"s":"200","e":"-"}');
  });

  it('with an unknown variable is refused', () => {
    expect(() => compileAccessLog('$context.colour', 'Stage')).toThrow(/\$context\.colour at Stage/);
  });
});

describe('CORS', () => {
  const cors = { AllowOrigins: ['http://a'], AllowMethods: ['GET'], MaxAge: 60 };

  it('answers an origin that is allowed, and no other', () => {
    expect(corsHeaders(cors, 'http://a', true)).toEqual({
      'access-control-allow-origin': 'http://a',
      'access-control-allow-methods': 'GET',
      'access-control-max-age': '60',
      vary: 'Origin',
    });
    expect(corsHeaders(cors, 'http://b', true)).toEqual({});
    expect(corsHeaders(undefined, 'http://a', false)).toEqual({});
  });
});

describe('a batch of messages', () => {
  const batch = ['1', '2', '3'].map((MessageId) => ({ MessageId }));
  const done = (payload: unknown, partial = true) =>
    doneMessages(batch, { kind: 'done', payload: JSON.stringify(payload) }, partial).map(
      ({ MessageId }) => MessageId,
    );

  it.each([
    ['is done with when nothing is reported', null, ['1', '2', '3']],
    ['is done with when an empty list is reported', { batchItemFailures: [] }, ['1', '2', '3']],
    ['keeps the reported ones', { batchItemFailures: [{ itemIdentifier: '2' }] }, ['1', '3']],
    ['is kept whole when an unknown one is reported', { batchItemFailures: [{ itemIdentifier: '9' }] }, []],
    ['is kept whole when the report makes no sense', { batchItemFailures: [{ id: '2' }] }, []],
  ])('%s', (_title, report, kept) => {
    expect(done(report)).toEqual(kept);
  });

  it('is done with, whatever is reported, when the mapping does not ask for reports', () => {
    expect(done({ batchItemFailures: [{ itemIdentifier: '2' }] }, false)).toEqual(['1', '2', '3']);
  });

  it('is kept whole when the function failed', () => {
    expect(doneMessages(batch, { kind: 'failed', errorType: 'Error', payload: '{}' }, true)).toEqual([]);
  });
});

describe('a schedule', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(1 hour)', 3_600_000],
    ['rate(2 days)', 172_800_000],
  ])('%s is so many milliseconds', (expression, milliseconds) => {
    expect(parseRate(expression, 'x')).toBe(milliseconds);
  });

  it.each(['cron(0 12 * * ? *)', 'rate(0 minutes)', 'rate(1 week)'])('%s is refused', (expression) => {
    expect(() => parseRate(expression, 'Rule')).toThrow(/schedule .* at Rule: only rate/);
  });
});
