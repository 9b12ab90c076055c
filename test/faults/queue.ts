import { turn } from '../fakes/memory-table.ts';

export type Message<W> = { id: number; wake: W; visible: number; received: number; struck: number };

/** As the queues are deployed: a message is parked after so many tries. */
const mostReceives = 5;

/** A queue that delivers at least once, in no promised order, and late when it is told to. */
export class FaultyQueue<W> {
  readonly #now: () => number;
  readonly #hiddenSeconds: number;
  #messages: Message<W>[] = [];
  #made = 0;
  /** Messages that were given up, as a dead-letter queue has them. */
  readonly parked: Message<W>[] = [];

  /** A message is hidden for so long while somebody works on it. */
  constructor(now: () => number, hiddenSeconds: number) {
    this.#now = now;
    this.#hiddenSeconds = hiddenSeconds;
  }

  /** Every message comes twice. */
  twice = false;

  readonly send = async (wake: W, options?: { delaySeconds?: number }): Promise<void> => {
    await turn();
    const visible = this.#now() + (options?.delaySeconds ?? 0) * 1000;
    for (let n = 0; n < (this.twice ? 2 : 1); n += 1) {
      this.#made += 1;
      this.#messages.push({ id: this.#made, wake: structuredClone(wake), visible, received: 0, struck: 0 });
    }
  };

  /** The next message to be seen, hidden from now on until it is acknowledged or the time is up. */
  receive(): Message<W> | undefined {
    const found = this.#messages
      .filter(({ visible }) => visible <= this.#now())
      .sort((a, b) => a.visible - b.visible || a.id - b.id)[0];
    if (found === undefined) return undefined;
    found.received += 1;
    if (found.received > mostReceives) {
      this.parked.push(found);
      this.acknowledge(found);
      return this.receive();
    }
    found.visible = this.#now() + this.#hiddenSeconds * 1000;
    return found;
  }

  acknowledge({ id }: Message<W>): void {
    this.#messages = this.#messages.filter((message) => message.id !== id);
  }

  /** The nth waiting message so much later. */
  delay(pick: number, seconds: number): void {
    const one = this.#messages[pick % Math.max(1, this.#messages.length)];
    if (one !== undefined) one.visible += seconds * 1000;
  }

  /** What still waits, those that were sent to come later too. */
  waiting(): readonly W[] {
    return this.#messages.map(({ wake }) => wake);
  }
}
