import { describe, expect, it } from '@jest/globals';
import { makePrintPaper } from '../../../src/app/papers/print-paper.ts';
import { makeReadPaper } from '../../../src/app/papers/read-paper.ts';
import type { ReadPdf, Wake } from '../../../src/app/ports.ts';
import { makePapers } from '../../../src/books/papers.ts';
import type { Connection } from '../../../src/domain/connection.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { aLinkedConnection, start } from '../../fakes/builders.ts';
import { makeClock, makeIds } from '../../fakes/clock.ts';
import { memoryConnections } from '../../fakes/connections.ts';
import { memoryLog } from '../../fakes/log.ts';
import { memoryObjects } from '../../fakes/objects.ts';

const pdf = Buffer.from('%PDF-1.4 …%%EOF');

/** The API and the worker with a queue between them; the worker takes a message when the API waits. */
async function paperWorld(connection: Partial<Connection> = {}) {
  const time = makeClock(start);
  const objects = memoryObjects();
  const connections = memoryConnections();
  const papers = makePapers({ objects });
  const linked = aLinkedConnection(connection);
  await connections.insert(linked);
  const queue: Extract<Wake, { kind: 'print' }>[] = [];
  const world = {
    ...time,
    objects,
    papers,
    connections,
    invoice: { id: '7', amountDue: 10, metadata: { isDeleted: false } },
    asked: 0,
    readPdf: (async () => pdf) as ReadPdf,
    workerIsUp: true,
    queue,
    ref: { companyId: linked.companyId, connectionId: linked.id },
  };
  const print = makePrintPaper({
    connections,
    papers,
    readPdf: (wish) => {
      world.asked += 1;
      return world.readPdf(wish);
    },
    grantToken: () => ({ token: async () => 't', refused: async () => 't', facts: async () => undefined }),
    clock: time.clock,
    log: memoryLog().log,
  });
  const work = async () => {
    for (const { ref, paper, ask } of queue.splice(0)) await print(ref, paper, ask);
  };
  const read = makeReadPaper({
    chooseConnection: async () => linked,
    readOne: async () => world.invoice,
    papers,
    wake: async (wake) => {
      if (wake.kind === 'print') queue.push(wake);
    },
    wait: async (seconds) => {
      time.advance(seconds);
      if (world.workerIsUp) await work();
    },
    clock: time.clock,
    newId: makeIds(),
  });
  return { world, work, read: () => read({ companyId: linked.companyId }, '7') };
}

const names = async (objects: ReturnType<typeof memoryObjects>) => {
  const found: string[] = [];
  for await (const name of objects.list('')) found.push(name);
  return found;
};

describe('an invoice as a PDF', () => {
  it('is fetched by a worker and handed over', async () => {
    const { world, read } = await paperWorld();

    expect(Buffer.from(await read())).toEqual(pdf);
    expect(world.asked).toBe(1);
  });

  it('is kept until the invoice is changed', async () => {
    const { world, read } = await paperWorld();
    await read();
    await read();
    expect(world.asked).toBe(1);

    world.invoice = { ...world.invoice, amountDue: 0 };
    await read();
    expect(world.asked).toBe(2);
  });

  it('that FreshBooks refuses is refused with its words, and asked for anew next time', async () => {
    const { world, read } = await paperWorld();
    world.readPdf = () =>
      Promise.reject(
        new Problem('too-many', 'FreshBooks asks for fewer requests.', { retryAfterSeconds: 9 }),
      );

    await expect(read()).rejects.toMatchObject({ kind: 'too-many', retryAfterSeconds: 9 });
    world.readPdf = async () => pdf;
    expect(Buffer.from(await read())).toEqual(pdf);
  });

  it('that nobody fetches in time is to be asked for again', async () => {
    const { world, read, work } = await paperWorld();
    world.workerIsUp = false;

    await expect(read()).rejects.toMatchObject({ kind: 'unavailable', retryAfterSeconds: 5 });
    await work();
    world.workerIsUp = true;
    await read();
    expect(world.asked).toBe(1);
  });

  it('is not asked for where the connection is not linked, and what was printed is still served', async () => {
    const { world, read } = await paperWorld({ state: 'Unlinked' });
    await expect(read()).rejects.toMatchObject({ kind: 'conflict' });
    expect(world.queue).toEqual([]);
  });

  it('of a deleted invoice is not to be had', async () => {
    const { world, read } = await paperWorld();
    world.invoice = { ...world.invoice, metadata: { isDeleted: true } };

    await expect(read()).rejects.toMatchObject({ kind: 'not-found' });
  });
});

describe('a worker that prints', () => {
  const erase = ({ connections, ref }: Awaited<ReturnType<typeof paperWorld>>['world']) =>
    connections.change(ref, (held) => ({ next: { ...held, erasing: start }, result: undefined }));

  it('leaves nothing behind a connection that is erased meanwhile', async () => {
    const { world, read } = await paperWorld();
    world.readPdf = async () => {
      await erase(world);
      return pdf;
    };

    await expect(read()).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await names(world.objects)).toEqual([]);
  });

  it('removes what a worker left that was killed after the erasing', async () => {
    const { world, read, work } = await paperWorld();
    world.workerIsUp = false;
    await read().catch(() => undefined);
    const [message] = world.queue;
    if (message === undefined) throw new Error('nobody was asked');
    await world.papers.keep(world.ref, message.paper, pdf);
    await erase(world);

    await work();

    expect(await names(world.objects)).toEqual([]);
  });

  it('says only that it failed when the fault is ours', async () => {
    const { world, read } = await paperWorld();
    world.readPdf = () => Promise.reject(new Error('secret detail'));

    await expect(read()).rejects.toMatchObject({
      kind: 'broken',
      sentence: 'The invoice could not be fetched.',
    });
  });
});
