import { z } from 'zod';

/** A disturbance of one service action: `{ service: 'dynamodb', operation: 'PutItem', kind: 'throttle', times: 2 }`. */
export const Fault = z.strictObject({
  service: z.string(),
  /** The API operation, or `*`. */
  operation: z.string().default('*'),
  kind: z.enum(['deny', 'throttle', 'fail', 'fail-after', 'delay']),
  times: z.number().int().positive().default(1),
  delayMs: z.number().int().nonnegative().default(0),
});
export type Fault = z.infer<typeof Fault>;

/** Disturbances that are still to come. */
export class Faults {
  #waiting: Fault[] = [];

  add(fault: Fault): void {
    this.#waiting.push(fault);
  }

  clear(): void {
    this.#waiting = [];
  }

  list(): readonly Fault[] {
    return this.#waiting;
  }

  /** Takes one turn off the first disturbance that fits, and gives it. */
  take(service: string, operation: string): Fault | undefined {
    const fault = this.#waiting.find(
      (each) => each.service === service && (each.operation === '*' || each.operation === operation),
    );
    if (!fault) return undefined;
    this.#waiting = this.#waiting.flatMap((each) => {
      if (each !== fault) return [each];
      return each.times > 1 ? [{ ...each, times: each.times - 1 }] : [];
    });
    return fault;
  }
}
