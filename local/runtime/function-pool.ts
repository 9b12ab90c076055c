import { randomUUID } from 'node:crypto';
import { failure, type LambdaFunction, MAX_PAYLOAD_BYTES, type Outcome } from './lambda-function.ts';
import { type Machine, Sandbox } from './sandbox.ts';

const UNRESERVED = 4;

interface Waiting {
  readonly id: string;
  readonly payload: string;
  readonly done: (outcome: Outcome) => void;
}

/** The sandboxes of one function. */
export class FunctionPool {
  readonly fn: LambdaFunction;
  readonly #machine: Machine;
  readonly #sandboxes = new Set<Sandbox>();
  #queue: Waiting[] = [];
  #closed = false;

  constructor(fn: LambdaFunction, machine: Omit<Machine, 'onExit'>) {
    this.fn = fn;
    this.#machine = { ...machine, onExit: (sandbox) => this.#forget(sandbox) };
  }

  sandboxes(): readonly Sandbox[] {
    return [...this.#sandboxes];
  }

  /** Invokes the function and waits for what comes of it; a full pool with a reserved number refuses. */
  invoke(payload: string): Promise<Outcome> {
    if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES) {
      return Promise.resolve(
        failure(
          'RequestEntityTooLargeException',
          `Request must be smaller than ${MAX_PAYLOAD_BYTES} bytes for the InvokeFunction operation`,
        ),
      );
    }
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    this.#queue.push({ id: randomUUID(), payload, done: resolve });
    if (!this.#serveNext() && this.fn.reserved !== undefined) {
      const refused = this.#queue.pop();
      refused?.done({ kind: 'throttled' });
    }
    return promise;
  }

  /** Starts a sandbox that waits for its first invocation, so that the first caller does not. */
  warm(): void {
    if (this.#sandboxes.size === 0 && !this.#closed) this.#sandboxes.add(new Sandbox(this.fn, this.#machine));
  }

  /** Ends every sandbox at once, as when the machine under it dies. */
  kill(): number {
    const all = this.sandboxes();
    for (const sandbox of all) sandbox.kill();
    return all.length;
  }

  close(): void {
    this.#closed = true;
    for (const waiting of this.#queue) waiting.done(failure('Sandbox.Closed', 'the stack is stopping'));
    this.#queue = [];
    this.kill();
  }

  /** @returns false when nobody is free and the limit is reached */
  #serveNext(): boolean {
    const [next] = this.#queue;
    if (!next || this.#closed) return true;
    const sandbox = this.#free();
    if (!sandbox) return false;
    this.#queue.shift();
    sandbox.invoke({
      ...next,
      done: (outcome) => {
        next.done(outcome);
        this.#serveNext();
      },
    });
    return true;
  }

  #free(): Sandbox | undefined {
    const living = this.sandboxes().filter(({ state }) => state !== 'dead');
    const free =
      living.find(({ state }) => state === 'idle') ?? living.find(({ state }) => state === 'starting');
    if (free) return free;
    if (living.length >= (this.fn.reserved ?? UNRESERVED)) return undefined;
    const fresh = new Sandbox(this.fn, this.#machine);
    this.#sandboxes.add(fresh);
    return fresh;
  }

  #forget(sandbox: Sandbox): void {
    this.#sandboxes.delete(sandbox);
    this.#serveNext();
  }
}
