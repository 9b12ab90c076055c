import type { Json, Row } from '../json.ts';

/** One entry of `response.errors` (§4.1). */
export type Fault = {
  errno: number;
  message: string;
  field?: string | null;
  object?: string | null;
  value?: Json;
};

/** An answer that is an error of the accounting family: thrown by anything below, written out by the family. */
export class Refusal extends Error {
  readonly status: number;
  readonly faults: readonly Fault[];

  constructor(status: number, ...faults: readonly Fault[]) {
    super(faults[0]?.message ?? `status ${status}`);
    this.status = status;
    this.faults = faults;
  }
}

// The google.rpc code that stands for a status in the newer error shape (§4.1).
const rpcCodes: Readonly<Record<number, number>> = {
  400: 3,
  401: 16,
  403: 7,
  404: 5,
  409: 10,
  422: 3,
  429: 8,
};

const oldShape = ({ errno, message, ...rest }: Fault): Row => ({
  errno,
  field: rest.field ?? null,
  message,
  object: rest.object ?? null,
  value: rest.value ?? null,
});

const newShape = (fault: Fault): Row => ({
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  reason: String(fault.errno),
  domain: 'accounting.api.freshbooks.com',
  metadata: {
    object: fault.object ?? '',
    message: fault.message,
    value: typeof fault.value === 'string' ? fault.value : JSON.stringify(fault.value ?? ''),
    field: fault.field ?? '',
  },
});

// §4.1: the recorded 401 carries message and errno alone.
const bare = ({ errno, message }: Fault): Row => ({ message, errno });

/**
 * The body of an accounting error in the default shape, or, when the caller sent X-API-VERSION, in the newer one.
 */
export const errorBody = (status: number, faults: readonly Fault[], newer: boolean): Row => {
  if (newer && status >= 400) {
    return {
      code: rpcCodes[status] ?? 13,
      message: `Request failed with status_code: ${status}`,
      details: faults.map(newShape),
    };
  }
  const short = status === 401 || faults.every(({ errno }) => errno === 404);
  return { response: { errors: faults.map(short ? bare : oldShape) } };
};

export const permissionDenied = (): Refusal =>
  new Refusal(403, { errno: 1003, message: 'Permission Denied.' });
