import type { Gatekeeper } from '../aws/gatekeeper.ts';
import type { FunctionLogs } from './function-logs.ts';
import type { Sandbox } from './sandbox.ts';

export interface LogDelivery {
  readonly gatekeeper: Gatekeeper;
  readonly logs: FunctionLogs;
  /** Log groups that the stack declares; Lambda makes the others itself, if it may. */
  readonly groups: ReadonlySet<string>;
  readonly region: string;
  readonly account: string;
  readonly now: () => number;
  readonly onLost: (line: string) => void;
}

/**
 * Delivers a function's lines to its log group as Lambda does: with the function's own role, so that without
 * `logs:CreateLogStream` and `logs:PutLogEvents` they are lost.
 */
export function makeLogDelivery(delivery: LogDelivery): (sandbox: Sandbox, line: string) => void {
  const opened = new Map<string, boolean>();
  const group = (name: string) => `arn:aws:logs:${delivery.region}:${delivery.account}:log-group:${name}`;
  const open = ({ fn, stream }: Sandbox): boolean => {
    const resource = `${group(fn.logGroup)}:log-stream:${stream}`;
    const missing = delivery.groups.has(fn.logGroup)
      ? []
      : [{ action: 'logs:CreateLogGroup', resource: group(fn.logGroup), context: {} }];
    const needs = [...missing, { action: 'logs:CreateLogStream', resource, context: {} }];
    const refused = needs.find((need) => !delivery.gatekeeper.may(fn.caller, need));
    if (refused)
      delivery.onLost(
        `the logs of ${fn.name} are lost: its role may not ${refused.action} on ${refused.resource}`,
      );
    return refused === undefined;
  };
  return (sandbox, line) => {
    const { fn, stream, id } = sandbox;
    const isOpen = opened.get(id) ?? open(sandbox);
    opened.set(id, isOpen);
    if (!isOpen) return;
    const need = {
      action: 'logs:PutLogEvents',
      resource: `${group(fn.logGroup)}:log-stream:${stream}`,
      context: {},
    };
    if (delivery.gatekeeper.may(fn.caller, need)) {
      delivery.logs.add({ at: delivery.now(), function: fn.name, stream, line });
      return;
    }
    delivery.onLost(`a log line of ${fn.name} is lost: its role may not ${need.action} on ${need.resource}`);
  };
}
