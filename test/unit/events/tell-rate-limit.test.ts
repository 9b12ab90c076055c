import { describe, expect, it } from '@jest/globals';
import type { EventWake } from '../../../src/app/event-ports.ts';
import { makeAnnounceLimit, makeTellRateLimit } from '../../../src/app/events/tell-rate-limit.ts';
import { start } from '../../fakes/builders.ts';
import { makeClock } from '../../fakes/clock.ts';
import { memoryFeed } from '../../fakes/feed.ts';
import { memoryLog } from '../../fakes/log.ts';

const exceeded = { keyId: 'key-1', limit: 100, reset: '2026-03-02T15:01:00.000Z', retryAfterSeconds: 20 };
const news = { keyId: 'key-1', limit: 100, reset: exceeded.reset };

describe('an API key beyond its limit', () => {
  it('is announced at once, and when it may go on', async () => {
    const sent: unknown[] = [];
    const waker = async (wake: EventWake, options?: { delaySeconds?: number }) =>
      void sent.push([wake, options]);

    await makeAnnounceLimit({ waker, log: memoryLog().log })(exceeded);

    expect(sent).toEqual([
      [{ kind: 'rate-limit', news: { ...news, what: 'reached' } }, undefined],
      [{ kind: 'rate-limit', news: { ...news, what: 'reset' } }, { delaySeconds: 20 }],
    ]);
  });

  it('is answered although nobody can be told', async () => {
    const { log, lines } = memoryLog();
    const waker = () => Promise.reject(new Error('the queue is away'));

    await makeAnnounceLimit({ waker, log })(exceeded);

    expect(lines).toMatchObject([{ level: 'warn', event: 'events.not-announced' }]);
  });

  it('is in the feed once an hour, however often it is asked for', async () => {
    const time = makeClock(start);
    const { feed, all } = memoryFeed();
    const tell = makeTellRateLimit({ feed, clock: time.clock });

    for (const reset of ['2026-03-02T15:01:00.000Z', '2026-03-02T15:01:00.000Z', '2026-03-02T15:02:00.000Z'])
      await tell({ ...news, reset, what: 'reached' });
    await tell({ ...news, what: 'reset' });
    await tell({ ...news, reset: '2026-03-02T16:00:00.000Z', what: 'reached' });

    expect(all().map(({ eventType, payload }) => [eventType, payload['quotaRemaining']])).toEqual([
      ['client.rateLimit.reached', 0],
      ['client.rateLimit.reset', 100],
      ['client.rateLimit.reached', 0],
    ]);
    expect(all()[0]).toMatchObject({
      companyId: '',
      payload: { apiKeyId: 'key-1', requestsPerMinute: 100, expiryDate: '2026-03-02T15:01:00.000Z' },
    });
  });
});
