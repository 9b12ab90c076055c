import { ending, type Failpoint, type FunctionName, isDeclared, type Moment, nameOf } from './failpoints.ts';

/** A failpoint that is set: it strikes the `nth` time its place is passed, counted from when it was set. */
export type Armed = Failpoint & { nth: number };
/** What struck whom, and when it was felt: after the call, where that was carried out. */
export type Struck = { name: string; moment: Moment; process: number; at: number };

/**
 * What is to fail, what has failed, and which places were passed how often. Faults strike in the order in which their
 * places are passed, each once.
 */
export class Plan {
  readonly struck: Struck[] = [];
  /** Calls of which somebody made one although it is in no row of the table. */
  readonly undeclared = new Set<string>();
  /** Processes that were frozen and have not ended what they were at. */
  readonly away = new Set<Sandbox>();
  #passed = new Map<string, number>();
  #armed: Armed[] = [];
  #refused: (place: string) => boolean = () => false;
  #frozen: { until: number; resolve: () => void }[] = [];
  #scripted: (Armed & { after: string })[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  arm(...faults: readonly Armed[]): void {
    this.#armed.push(...faults.map((fault) => ({ ...fault })));
  }
  /** Faults that are part of the story, once `after` was passed: they are not counted. */
  script(after: string, ...faults: readonly Armed[]): void {
    this.#scripted.push(...faults.map((fault) => ({ ...fault, after })));
  }
  /** A process is frozen here, until `thaw` finds that it was long enough. */
  freeze(): Promise<void> {
    return new Promise((resolve) => {
      this.#frozen.push({ until: this.#now() + frozenSeconds * 1000, resolve });
    });
  }
  thaw(): void {
    const due = this.#frozen.filter(({ until }) => until <= this.#now());
    this.#frozen = this.#frozen.filter((one) => !due.includes(one));
    for (const { resolve } of due) resolve();
  }
  /** Whether something is still to strike. */
  get isArmed(): boolean {
    return this.#armed.length > 0;
  }
  /** How often each place was passed since this was asked before. */
  takePassed(): ReadonlyMap<string, number> {
    const passed = this.#passed;
    this.#passed = new Map();
    return passed;
  }
  /** Every call to these places is refused from now on; without an argument none. */
  refuse(places: (place: string) => boolean = () => false): void {
    this.#refused = places;
  }
  disarm(): void {
    this.#armed = [];
  }
  felt(strike: Struck): void {
    strike.at = this.#now();
  }

  /** A process passes a place: what strikes it there. */
  meet(fn: FunctionName, at: string, process: number): Struck | undefined {
    const place = `${fn} ${at}`;
    if (!isDeclared(place)) this.undeclared.add(place);
    this.#passed.set(place, (this.#passed.get(place) ?? 0) + 1);
    if (this.#refused(place)) return this.#strike({ fn, at, moment: 'refused' }, process);
    const told = this.#due(
      this.#scripted.filter(({ after }) => after === ''),
      place,
    );
    for (const fault of this.#scripted) if (fault.after === place) fault.after = '';
    // The second of a pair comes after the first: what was due at once as well waits for the next time.
    const due = this.#due(this.#armed, place) ?? told;
    if (due === undefined) return undefined;
    this.#armed = this.#armed.filter((fault) => fault !== due);
    this.#scripted = this.#scripted.filter((fault) => fault !== due);
    return this.#strike(due, process, due !== told);
  }

  #strike(fault: Failpoint, process: number, counted = true): Struck {
    const strike = { name: nameOf(fault), moment: fault.moment, process, at: this.#now() };
    if (counted) this.struck.push(strike);
    return strike;
  }

  #due(faults: readonly Armed[], place: string): Armed | undefined {
    const here = faults.filter(({ fn, at }) => `${fn} ${at}` === place);
    for (const fault of here) fault.nth -= 1;
    return here.find(({ nth }) => nth <= 0);
  }
}

/** Longer than any lease; the function's own time is not up. */
const frozenSeconds = 150;

const silence = new Promise<never>(() => undefined);
let processes = 0;

/** One process of a function. Once it is dead no call of it goes out and no answer comes in, whatever its code does. */
export class Sandbox {
  readonly id: number;
  readonly fn: FunctionName;
  readonly #plan: Plan;
  readonly #gone: Promise<'gone'>;
  #leave: (value: 'gone') => void = () => undefined;
  #dead = false;
  #frozen = false;
  #left = false;

  constructor(fn: FunctionName, plan: Plan) {
    processes += 1;
    this.id = processes;
    this.fn = fn;
    this.#plan = plan;
    this.#gone = new Promise((resolve) => {
      this.#leave = resolve;
    });
  }

  /** Dead for good. */
  get dead(): boolean {
    return this.#dead;
  }
  /** Another one takes its place: it died, or was frozen once. */
  get left(): boolean {
    return this.#left;
  }
  /** Nothing of it moves now. */
  get still(): boolean {
    return this.#dead || this.#frozen;
  }

  kill(): void {
    this.#dead = true;
    this.#plan.away.delete(this);
    this.#left = true;
    this.#leave('gone');
  }

  /** One call over a boundary. `fail` makes the error that a living process is shown. */
  async cross<T>(at: string, call: () => Promise<T>, fail: () => Error): Promise<T> {
    if (this.#dead) return silence;
    const strike = this.#plan.meet(this.fn, at, this.id);
    const moment = strike?.moment;
    if (moment === 'before') return this.#end();
    if (moment === 'stalled') await this.#stall();
    if (moment === 'refused') throw fail();
    const outcome = await settled(call());
    if (strike !== undefined) this.#plan.felt(strike);
    if (moment === 'unanswered') this.kill();
    if (this.#dead) return silence;
    if (moment === 'reply-lost') throw fail();
    if ('thrown' in outcome) throw outcome.thrown;
    return outcome.value;
  }

  /** One invocation, to its end or until the process dies or freezes. A throw of the function is answered as such. */
  async invoke<T>(work: () => Promise<T>): Promise<Settled<T> | 'gone'> {
    const running = settled(work()).finally(() => this.#plan.away.delete(this));
    const end = await Promise.race([running, this.#gone]);
    if (this.#dead || end === 'gone') return 'gone';
    if (this.#plan.meet(this.fn, ending, this.id) === undefined) return end;
    this.kill();
    return 'gone';
  }

  async #stall(): Promise<void> {
    this.#frozen = true;
    this.#plan.away.add(this);
    this.#left = true;
    this.#leave('gone');
    await this.#plan.freeze();
    this.#frozen = false;
  }

  #end(): Promise<never> {
    this.kill();
    return silence;
  }
}

type Settled<T> = { value: T } | { thrown: unknown };

function settled<T>(work: Promise<T>): Promise<Settled<T>> {
  return work.then(
    (value) => ({ value }),
    (thrown: unknown) => ({ thrown }),
  );
}
