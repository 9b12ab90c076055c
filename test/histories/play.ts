import type { Transport } from '../../src/freshbooks/transport.ts';
import { differences, inventions } from './compare.ts';
import type { History, Turn } from './history.ts';
import { tiny } from './kinds.ts';
import { openVendor, type Vendor } from './vendor.ts';
import { openWorker, type Worker } from './worker.ts';

type World = { vendor: Vendor; worker: Worker; script: Script };

const quiet: Turn = {
  begins: { kind: 'later', hours: 2, seconds: 0 },
  skew: 0,
  patience: 900,
  meanwhile: [],
  after: [],
};

const aWeekLater: Turn = { ...quiet, begins: { kind: 'later', hours: 24 * 8, seconds: 0 } };

/**
 * Plays a history and answers what was wrong: after each turn nothing that was published may be invented, and when
 * nobody edits any more, the scheduled turns leave the books as FreshBooks has them.
 */
export async function play(history: History): Promise<string[]> {
  const vendor = await openVendor(history);
  try {
    const script = new Script(vendor);
    const through = (send: () => ReturnType<Transport>) => script.through(send);
    const { perPage, types, rawOnly } = history;
    const worker = await openWorker({ ...vendor, business: tiny, through, perPage, types, rawOnly });
    const world = { vendor, worker, script };
    for (const [n, turn] of history.turns.entries()) {
      const wrong = await oneTurn(world, turn);
      if (wrong.length > 0) return [`after turn ${n + 1}`, ...wrong];
      vendor.roleMayChange();
      for (const edit of turn.after) await vendor.apply(edit);
    }
    return await inTheEnd(world, history);
  } finally {
    await vendor.close();
  }
}

/**
 * Nobody edits any more. Rows of which very many are gone at once have to be missing twice, so there are two turns; in
 * some histories a week passes then, after which even rows that come to light without a word are held.
 */
async function inTheEnd(world: World, { types, week }: History): Promise<string[]> {
  const { vendor, worker } = world;
  await vendor.promote();
  const wrong = [...(await oneTurn(world, quiet)), ...(await oneTurn(world, quiet))];
  wrong.push(...(await differences(vendor, await worker.held(), { types, week: false })));
  if (week && wrong.length === 0) {
    await vendor.show();
    wrong.push(...(await oneTurn(world, aWeekLater)), ...(await oneTurn(world, quiet)));
    wrong.push(...(await differences(vendor, await worker.held(), { types, week: true })));
  }
  return [...wrong, ...(await failures(worker))];
}

/** A worker's turn, and those of the workers it hands on to. */
async function oneTurn({ vendor, worker, script }: World, turn: Turn): Promise<string[]> {
  vendor.moveTo(beginning(vendor.now(), turn.begins));
  vendor.roleMayChange();
  await vendor.signIn();
  script.begin(turn, worker.tick);
  for (let n = 1; ; n += 1) {
    // Hurried workers hand on; the last one has time.
    const patience = n > 3 ? quiet.patience : turn.patience;
    const end = await worker.turn({ skew: turn.skew, patience });
    if (end === 'published') return inventions(vendor, await worker.held());
    if (end === 'idle') vendor.moveTo(vendor.now() + 3_600_000);
    else if (end !== 'handed-on') return [`the turn ended ${end}`];
    if (n > 10) return ['the turn found no end'];
  }
}

/** What is said of a data type when all is well: FreshBooks has no such report. */
const expectedNotes: Readonly<Record<string, string>> = {
  cashFlowStatement: 'Added up from the journal: FreshBooks has no cash flow report that others can read.',
};

async function failures(worker: Worker): Promise<string[]> {
  const { datasets, resources } = await worker.connection();
  const types = Object.entries(datasets).flatMap(([type, { status, message = '' }]) =>
    status === 'Complete' && message === (expectedNotes[type] ?? '')
      ? []
      : [`${type} is ${status}: ${message}`],
  );
  const troubled = Object.entries(resources).flatMap(([name, { trouble }]) =>
    trouble === undefined ? [] : [`${name} is ${trouble.status}: ${trouble.message}`],
  );
  return [...types, ...troubled];
}

/**
 * Lets requests through one at a time, each a second after the one before, and does what the turn says before its
 * nth. A late one's reply is given out when another one has been answered, so that replies overtake each other.
 */
class Script {
  readonly #vendor: Vendor;
  #turn: Turn = quiet;
  #tick: () => Promise<void> = async () => undefined;
  #requests = 0;
  #answered = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(vendor: Vendor) {
    this.#vendor = vendor;
  }

  begin(turn: Turn, tick: () => Promise<void>): void {
    this.#turn = turn;
    this.#tick = tick;
    this.#requests = 0;
  }

  async through(send: () => ReturnType<Transport>): ReturnType<Transport> {
    const mine = this.#last.then(() => this.#one(send));
    this.#last = mine.catch(() => undefined);
    const { reply, late, answered } = await mine;
    for (let n = 0; late && this.#answered === answered && n < 20; n += 1)
      await new Promise((resolve) => setImmediate(resolve));
    return reply;
  }

  async #one(send: () => ReturnType<Transport>) {
    const request = this.#requests;
    this.#requests += 1;
    const now = this.#turn.meanwhile.filter((one) => one.request === request);
    for (const { edits } of now) for (const edit of edits) await this.#vendor.apply(edit);
    const seconds = now.reduce((sum, one) => sum + one.seconds, 1);
    this.#vendor.moveTo(this.#vendor.now() + seconds * 1000);
    await this.#tick();
    const reply = await send();
    this.#answered += 1;
    return { reply, late: now.some((one) => one.late), answered: this.#answered };
  }
}

const clockChanges = ['2026-11-01T06:00:00Z', '2027-03-14T07:00:00Z', '2027-11-07T06:00:00Z'].map(Date.parse);
const newYork = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' });
const hour = 3_600_000;

/** Never less than two hours after the turn before, so that the schedule finds it due whatever the worker's clock. */
function beginning(now: number, { kind, hours, seconds }: Turn['begins']): number {
  const earliest = now + 2 * hour;
  if (kind === 'midnight') return midnightAfter(earliest + seconds * 1000) - seconds * 1000;
  const change = clockChanges.find((at) => at - seconds * 1000 > earliest);
  return kind === 'clock-change' && change !== undefined ? change - seconds * 1000 : now + hours * hour;
}

function midnightAfter(at: number): number {
  let midnight = Math.ceil(at / hour) * hour;
  while (newYork.format(midnight - 1) === newYork.format(midnight)) midnight += hour;
  return midnight;
}
