import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { FrontDoor } from '../aws/front-door.ts';
import type { SharedClock } from '../clock/shared-clock.ts';
import { pollQueue } from '../events/poll-queue.ts';
import { parseRate, startTicking, tickEvent } from '../events/schedule.ts';
import type { Outcome } from '../runtime/lambda-function.ts';
import type { Resource, Stack } from '../template/read-stack.ts';
import { Refusal } from '../template/refusal.ts';
import type { Functions } from './functions.ts';

export interface EventSourcesOptions {
  readonly stack: Stack;
  readonly functions: Functions;
  readonly frontDoor: FrontDoor;
  readonly clock: SharedClock;
  readonly onProblem: (line: string) => void;
}

export interface EventSources {
  stop(): void;
}

type Mapping = Resource<'AWS::Lambda::EventSourceMapping'>;
type Rule = Resource<'AWS::Events::Rule'>;

const DEFAULT_POLLERS = 2;

function startMapping(mapping: Mapping, options: EventSourcesOptions): EventSources {
  const { stack, functions, frontDoor, onProblem } = options;
  const { EventSourceArn, FunctionName, ScalingConfig, ...properties } = mapping.properties;
  const where = `Resources.${mapping.logicalId}.Properties`;
  const queue = stack
    .all('AWS::SQS::Queue')
    .find(({ identity }) => identity.attributes['Arn'] === EventSourceArn);
  const pool = functions.find(FunctionName);
  if (!queue)
    throw new Refusal(
      `the event source ${EventSourceArn}`,
      where,
      'the stack has no such queue',
      'Only queues of this stack are polled',
    );
  if (!pool)
    throw new Refusal(
      `the function ${FunctionName}`,
      where,
      'the stack has no such function',
      'Correct the mapping',
    );
  const visibility = queue.properties.VisibilityTimeout ?? 30;
  if (visibility * 1000 < pool.fn.timeoutMs) {
    throw new Refusal(
      `the visibility time-out of ${queue.logicalId}`,
      where,
      `Lambda refuses a queue whose ${visibility} s are shorter than the function's ${pool.fn.timeoutMs / 1000} s`,
      'Lengthen it',
    );
  }
  return pollQueue({
    queueUrl: queue.identity.ref,
    queueArn: EventSourceArn,
    region: stack.place.region,
    batchSize: properties.BatchSize,
    windowMs: properties.MaximumBatchingWindowInSeconds * 1000,
    pollers: ScalingConfig?.MaximumConcurrency ?? DEFAULT_POLLERS,
    partialFailures: properties.FunctionResponseTypes !== undefined,
    sqs: (operation, input) => frontDoor.call(pool.fn.caller, 'sqs', operation, input),
    invoke: (event) => functions.invoke(pool.fn.arn, event),
    onProblem,
  });
}

const DEFAULT_RETRIES = 2;
const RETRY_PAUSE_MS = 60_000;

function retriesOf(stack: Stack, functionArn: string, functions: Functions): number {
  const config = stack
    .all('AWS::Lambda::EventInvokeConfig')
    .find(({ properties }) => functions.find(properties.FunctionName)?.fn.arn === functionArn);
  return config?.properties.MaximumRetryAttempts ?? DEFAULT_RETRIES;
}

/** An asynchronous invocation: a failed one is tried again after one minute, then after two. */
async function invokeAsync(
  attempt: () => Promise<Outcome> | undefined,
  retries: number,
  stopped: () => boolean,
): Promise<void> {
  for (let tried = 0; tried <= retries; tried += 1) {
    const outcome = await attempt();
    if (outcome?.kind === 'done' || outcome === undefined || stopped()) return;
    if (tried < retries) await wait(RETRY_PAUSE_MS * (tried + 1), undefined, { ref: false });
    if (stopped()) return;
  }
}

function startRule(rule: Rule, options: EventSourcesOptions): EventSources {
  const { stack, functions, clock, onProblem } = options;
  const where = `Resources.${rule.logicalId}.Properties`;
  const period = parseRate(rule.properties.ScheduleExpression, `${where}.ScheduleExpression`);
  const arn = String(rule.identity.attributes['Arn']);
  for (const { Arn } of rule.properties.Targets) {
    if (!functions.find(Arn))
      throw new Refusal(
        `the target ${Arn}`,
        `${where}.Targets`,
        'the stack has no such function',
        'Only functions of this stack are targets',
      );
  }
  let stopped = false;
  const ticking = startTicking(clock, period, (at) => {
    for (const target of rule.properties.Targets) {
      const tick = tickEvent(
        { arn, account: stack.place.account, region: stack.place.region },
        at,
        randomUUID(),
      );
      const event = target.Input ?? JSON.stringify(tick);
      const attempt = () => functions.invokeFrom('events.amazonaws.com', arn, target.Arn, event);
      invokeAsync(attempt, retriesOf(stack, target.Arn, functions), () => stopped).catch((error: unknown) =>
        onProblem(String(error)),
      );
    }
  });
  return {
    stop: () => {
      stopped = true;
      ticking.stop();
    },
  };
}

/** Everything that wakes functions without a request: queues and schedules. */
export function startEventSources(options: EventSourcesOptions): EventSources {
  const { stack } = options;
  const mappings = stack
    .all('AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => properties.Enabled);
  const rules = stack.all('AWS::Events::Rule').filter(({ properties }) => properties.State === 'ENABLED');
  const started = [
    ...mappings.map((mapping) => startMapping(mapping, options)),
    ...rules.map((rule) => startRule(rule, options)),
  ];
  return {
    stop: () => {
      for (const source of started) source.stop();
    },
  };
}
