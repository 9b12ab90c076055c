import type { Server } from 'node:http';
import type { Gatekeeper } from '../aws/gatekeeper.ts';
import type { AccessBook } from '../iam/access-book.ts';
import { FunctionPool } from '../runtime/function-pool.ts';
import type { LambdaFunction, Outcome } from '../runtime/lambda-function.ts';
import { makeRuntimeApi } from '../runtime/runtime-api.ts';
import type { Machine } from '../runtime/sandbox.ts';

/** All functions of the stack, ready to be invoked by the services that may. */
export interface Functions {
  readonly pools: ReadonlyMap<string, FunctionPool>;
  readonly runtimeApi: Server;
  /** @returns undefined when no permission of the function lets that source invoke it */
  invokeFrom(
    service: string,
    sourceArn: string,
    functionArn: string,
    event: string,
  ): Promise<Outcome> | undefined;
  /** Invocation by an event source mapping, which needs no permission: the function's own role polls. */
  invoke(functionArn: string, event: string): Promise<Outcome>;
  find(name: string): FunctionPool | undefined;
  /** Ends one process at once, by the id of its sandbox. */
  end(sandboxId: string): void;
  close(): void;
}

export interface FunctionsOptions {
  readonly functions: readonly LambdaFunction[];
  readonly machine: Omit<Machine, 'onExit'>;
  readonly book: AccessBook;
  readonly gatekeeper: Gatekeeper;
  readonly account: string;
  readonly onProblem: (line: string) => void;
}

const TRACE_ACTIONS = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'];

export function makeFunctions(options: FunctionsOptions): Functions {
  const { functions, machine, book, gatekeeper, onProblem } = options;
  const pools = new Map(functions.map((fn) => [fn.arn, new FunctionPool(fn, machine)]));
  const invoke = (functionArn: string, event: string): Promise<Outcome> => {
    const pool = pools.get(functionArn);
    if (!pool) throw new Error(`no function has the ARN ${functionArn}`);
    if (pool.fn.tracing) sendTrace(pool.fn, gatekeeper, onProblem);
    return pool.invoke(event);
  };
  const sandboxOf = (id: string) =>
    [...pools.values()].flatMap((pool) => pool.sandboxes()).find((sandbox) => sandbox.id === id);
  return {
    pools,
    runtimeApi: makeRuntimeApi(sandboxOf),
    invoke,
    invokeFrom: (service, sourceArn, functionArn, event) => {
      const { decision } = book.decide(
        { functionName: service, roleName: service },
        {
          principal: { kind: 'service', service },
          action: 'lambda:InvokeFunction',
          resource: functionArn,
          context: {
            'aws:SourceArn': [sourceArn],
            'aws:SourceAccount': [options.account],
            'aws:SecureTransport': ['true'],
          },
        },
      );
      if (decision === 'allowed') return invoke(functionArn, event);
      onProblem(
        `${service} may not invoke ${functionArn} for ${sourceArn}: no permission of the function says so`,
      );
      return undefined;
    },
    find: (name) => [...pools.values()].find(({ fn }) => [fn.name, fn.logicalId, fn.arn].includes(name)),
    end: (id) => sandboxOf(id)?.kill(),
    close: () => {
      for (const pool of pools.values()) pool.close();
    },
  };
}

function sendTrace(fn: LambdaFunction, gatekeeper: Gatekeeper, onProblem: (line: string) => void): void {
  for (const action of TRACE_ACTIONS) {
    if (gatekeeper.may(fn.caller, { action, resource: '*', context: {} })) continue;
    onProblem(`the traces of ${fn.name} are lost: its role may not ${action}`);
  }
}
