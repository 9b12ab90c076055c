import type { SharedClock } from '../clock/shared-clock.ts';
import { Refusal } from '../template/refusal.ts';

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * The period of `rate(5 minutes)`, in milliseconds.
 *
 * @throws {Refusal} for anything else, `cron(…)` included
 */
export function parseRate(expression: string, where: string): number {
  const [, value = '', unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  const period = Number(value) * (UNITS[unit] ?? 0);
  if (period > 0) return period;
  throw new Refusal(
    `the schedule ${expression}`,
    where,
    'only rate(n minutes|hours|days) is understood',
    'Use a rate, or teach it to local/events/schedule.ts',
  );
}

/** The event that EventBridge sends for a tick. */
export function tickEvent(
  rule: { arn: string; account: string; region: string },
  at: number,
  id: string,
): object {
  return {
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: rule.account,
    time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: rule.region,
    resources: [rule.arn],
    detail: {},
  };
}

const LONGEST_TIMER_MS = 60_000;

/**
 * Ticks at once, for what became due while the machine was off, and then at every multiple of the period by the shared
 * clock. When the clock is moved past one or more ticks, one follows at once: EventBridge promises no tick for each
 * minute that nobody lived through.
 */
export function startTicking(
  clock: Pick<SharedClock, 'now' | 'onMoved'>,
  periodMs: number,
  tick: (at: number) => void,
): { stop: () => void } {
  let next = clock.now();
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    clearTimeout(timer);
    const now = clock.now();
    if (now >= next) {
      next = Math.floor(now / periodMs) * periodMs + periodMs;
      tick(now);
    }
    timer = setTimeout(look, Math.min(LONGEST_TIMER_MS, Math.max(1, next - clock.now())));
  };
  const forget = clock.onMoved(look);
  look();
  return {
    stop: () => {
      forget();
      clearTimeout(timer);
    },
  };
}
