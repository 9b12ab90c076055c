import { z } from 'zod';

/**
 * A disturbance of one service action: `{ service: 'dynamodb', operation: 'PutItem', kind: 'throttle', times: 2 }`.
 * `kill` ends the process that makes the call before anything is done, `kill-after` when it is done and not answered.
 */
export const Fault = z.strictObject({
  service: z.string(),
  /** The API operation, or `*`. */
  operation: z.string().default('*'),
  /** Part of the caller's role and of the resource's ARN; absent: anybody's, anything's. */
  role: z.string().optional(),
  resource: z.string().optional(),
  /** So many calls that fit are let through first. */
  skip: z.number().int().nonnegative().default(0),
  kind: z.enum(['deny', 'throttle', 'fail', 'fail-after', 'delay', 'kill', 'kill-after']),
  times: z.number().int().positive().default(1),
  delayMs: z.number().int().nonnegative().default(0),
});
export type Fault = z.infer<typeof Fault>;

/** One call, as a disturbance may choose it. */
type Call = {
  service: string;
  operation: string;
  role: string;
  resources: readonly string[];
  /** The process that makes it; none where a service of AWS makes it with the function's role. */
  process: string | undefined;
};

const deadly: readonly Fault['kind'][] = ['kill', 'kill-after'];

function fits(fault: Fault, call: Call): boolean {
  return (
    fault.service === call.service &&
    (fault.operation === '*' || fault.operation === call.operation) &&
    call.role.includes(fault.role ?? '') &&
    (call.process !== undefined || !deadly.includes(fault.kind)) &&
    (fault.resource === undefined || call.resources.some((one) => one.includes(fault.resource ?? '')))
  );
}

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

  /** Takes one turn off the first disturbance that fits, and gives it unless this call is let through. */
  take(call: Call): Fault | undefined {
    const fault = this.#waiting.find((each) => fits(each, call));
    if (!fault) return undefined;
    const spared = fault.skip > 0;
    this.#waiting = this.#waiting.flatMap((each) => {
      if (each !== fault) return [each];
      if (spared) return [{ ...each, skip: each.skip - 1 }];
      return each.times > 1 ? [{ ...each, times: each.times - 1 }] : [];
    });
    return spared ? undefined : fault;
  }
}
