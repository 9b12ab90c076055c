import type { EventWake } from '../../src/app/event-ports.ts';
import type { Wake } from '../../src/app/ports.ts';
import type { Connection, ConnectionRef } from '../../src/domain/connection.ts';
import type { HttpReply, HttpRequest } from '../../src/http/request.ts';
import { Consumer } from './consumer.ts';
import type { FunctionName } from './failpoints.ts';
import {
  apiOf,
  oauthOf,
  redirectUri,
  schedulerOf,
  senderOf,
  setupOf,
  webhookInOf,
  workerOf,
} from './functions.ts';
import { makeStores, type Ports, portsOf } from './ports-of.ts';
import { FaultyQueue, type Message } from './queue.ts';
import { Plan, Sandbox } from './sandbox.ts';
import { openVendor } from './vendor.ts';
import { VirtualTime } from './virtual-time.ts';

const begins = '2026-03-02T15:00:20.000Z';

/** As the queues are deployed, a little longer than their functions may work. */
const hiddenSeconds = { sync: 960, events: 150 } as const;

type HttpFunction = 'setup' | 'oauth' | 'api' | 'webhook-in';

/** A function's process with what it is composed of, until it dies. */
type Warm<T> = { sandbox: Sandbox; run: T };

/**
 * The whole product in this process: every function over its own decorated ports, the stores in memory, a queue that
 * may repeat itself, FreshBooks, and time that passes only when somebody waits.
 */
export async function openWorld(types: readonly string[]) {
  const time = new VirtualTime(begins);
  const plan = new Plan(time.now);
  const stores = makeStores();
  const queue = new FaultyQueue<Wake>(time.now, hiddenSeconds.sync);
  const eventQueue = new FaultyQueue<EventWake>(time.now, hiddenSeconds.events);
  const consumer = new Consumer();
  const vendor = openVendor(time.now);
  await vendor.fill(redirectUri);
  const replies: string[] = [];

  /** Keeps a process warm from one invocation to the next; a new one is begun when it has died. */
  function warm<T>(fn: FunctionName, compose: (ports: Ports) => T): () => Warm<T> {
    let held: Warm<T> | undefined;
    return () => {
      if (held === undefined || held.sandbox.left) {
        const sandbox = new Sandbox(fn, plan);
        held = {
          sandbox,
          run: compose(portsOf(sandbox, { stores, queue, eventQueue, vendor, consumer, time })),
        };
      }
      return held;
    };
  }
  const http = {
    setup: warm('setup', setupOf),
    oauth: warm('oauth', oauthOf),
    api: warm('api', apiOf),
    'webhook-in': warm('webhook-in', webhookInOf),
  };
  const scheduler = warm('scheduler', schedulerOf);
  const compose = (ports: Ports) => workerOf(ports, types);
  const workers = [warm('sync-worker', compose), warm('sync-worker', compose)] as const;

  /** One request; `undefined` when the process died before it had answered. */
  async function ask(fn: HttpFunction, request: HttpRequest): Promise<HttpReply | undefined> {
    const { sandbox, run } = http[fn]();
    const end = await sandbox.invoke(() => run(request));
    if (end === 'gone' || 'thrown' in end) return undefined;
    // The one reply that tokens are in, because they are asked for.
    if (!request.path.endsWith('/authorization/export')) replies.push(JSON.stringify(end.value));
    return end.value;
  }

  async function tick(): Promise<void> {
    const { sandbox, run } = scheduler();
    await sandbox.invoke(run);
  }

  const senders = [warm('event-sender', senderOf), warm('event-sender', senderOf)] as const;

  async function serve<W>(
    from: FaultyQueue<W>,
    function_: () => Warm<(wake: W) => Promise<void>>,
    message: Message<W> | undefined,
  ): Promise<void> {
    if (message === undefined) return;
    const { sandbox, run } = function_();
    const before = plan.struck.length;
    const end = await sandbox.invoke(() => run(message.wake));
    if (plan.struck.slice(before).some(({ process }) => process === sandbox.id)) message.struck += 1;
    // Whether it died or threw: the message is hidden until its time is up, and comes again then.
    if (end !== 'gone' && 'value' in end) from.acknowledge(message);
  }

  /** Serves what can be seen now, by two processes of each function at a time. */
  async function deliver(): Promise<void> {
    for (let n = 0; n < 60; n += 1) {
      const syncs = workers.map((worker) => ({ worker, message: queue.receive() }));
      const events = senders.map((sender) => ({ sender, message: eventQueue.receive() }));
      if ([...syncs, ...events].every(({ message }) => message === undefined)) return;
      await Promise.all([
        ...syncs.map(({ worker, message }) => serve(queue, worker, message)),
        ...events.map(({ sender, message }) => serve(eventQueue, sender, message)),
      ]);
    }
    throw new Error('messages keep coming and coming');
  }

  /** FreshBooks posts what it has to tell of changes. */
  const notify = (): Promise<void> => vendor.notify((request) => ask('webhook-in', request));

  return {
    time,
    plan,
    stores,
    queue,
    eventQueue,
    consumer,
    vendor,
    replies,
    types,
    ask,
    tick,
    deliver,
    /** So many minutes, each with its tick of the schedule and the work that comes of it. */
    async minutes(count: number): Promise<void> {
      for (let n = 0; n < count; n += 1) {
        await time.pass(60);
        plan.thaw();
        await tick();
        await notify();
        await deliver();
      }
    },
    /** A while in which nothing of ours ran: what was frozen then was ended meanwhile. */
    jump(seconds: number): void {
      for (const sandbox of plan.away) sandbox.kill();
      time.jump(seconds);
    },
    async connection(ref: ConnectionRef): Promise<Connection | undefined> {
      return stores.connections.find(ref);
    },
    wakes: (): readonly Wake[] => queue.waiting(),
  };
}
export type World = Awaited<ReturnType<typeof openWorld>>;
