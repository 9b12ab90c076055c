import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Company } from '../api-totals.ts';
import { administrator } from '../consumer.ts';
import { advanceClock, dataStatus } from '../control.ts';
import { vendorOf } from '../edit-books.ts';
import { booksOf } from '../link-company.ts';
import type { RunningStack } from '../running-stack.ts';
import { call, insist, linkPatiently, unlike, untilTrue } from './people.ts';

/** What happens in a short life, each of it as often as it is asked for. */
export type Chapter =
  | 'set-up'
  | 'read'
  | 'refresh'
  | 'told'
  | 'hour'
  | 'renew'
  | 'link'
  | 'first-sync'
  | 'leave';
export type Life = Record<Chapter, () => Promise<void>> & {
  /** Whatever has to have happened before a chapter can. */
  before(chapter: Chapter): Promise<void>;
  /** What is wrong in the end. */
  end(): Promise<string[]>;
};

/** Who stays all the time, and who comes and goes. */
const staying = 'Tiny Studio';
const leaving = 'Messy & Fils';

const Named = z.object({ id: z.string(), name: z.string() });
const Feed = z.object({
  results: z.array(z.object({ sequence: z.number(), eventType: z.string() })),
});

/** The life of a company that stays and of one that comes and goes, with whoever asks again when nobody answers. */
export function openLife({ ready, state }: RunningStack): Life {
  const [stays] = ready.companies;
  if (stays === undefined) throw new Error('there is no sample company');
  let other: Company | undefined;
  const left: Company[] = [];
  let edits = 0;

  const edit = async () => {
    const { books } = await booksOf(ready, staying);
    edits += 1;
    await vendorOf(books).create('users/clients', 'client', { organization: `Edit ${edits}` });
  };
  const asFreshBooks = () => untilTrue(ready, staying, () => unlike(ready, stays, staying));
  /** Everything the company has is read once more than before. */
  const readAfter = async (happen: () => Promise<unknown>) => {
    const before = await insist('a look at the states', () => dataStatus(ready, stays));
    await happen();
    await untilTrue(ready, 'the next read', async () => {
      const now = await dataStatus(ready, stays);
      const old = Object.keys(now).filter(
        (type) => now[type]?.latestSuccessfulSyncId === before[type]?.latestSuccessfulSyncId,
      );
      return old.length === 0 ? undefined : old.join(', ');
    });
    await asFreshBooks();
  };

  const life: Life = {
    'set-up': async () => {
      const bearer = { authorization: await administrator(ready) };
      const keys = { ...ready.simulator.app };
      await call(ready, 'PUT /setup/integration/keys', z.unknown(), keys, bearer);
      await call(ready, 'GET /setup/integration', z.unknown(), undefined, bearer);
    },
    read: async () => {
      await call(ready, 'GET /companies', z.unknown());
      await asFreshBooks();
    },
    refresh: () =>
      readAfter(async () => {
        await edit();
        await call(ready, `POST /companies/${stays.id}/data/all`, z.unknown());
      }),
    told: async () => {
      await edit();
      await asFreshBooks();
    },
    hour: () => readAfter(() => advanceClock(ready, 3700)),
    renew: () => readAfter(() => advanceClock(ready, 7 * 3600)),
    link: async () => {
      const { email, businessId } = await booksOf(ready, leaving);
      const company = await call(ready, 'POST /companies', Named, { name: `Passing ${left.length}` });
      other = await linkPatiently(ready, company, { email, businessId });
    },
    'first-sync': async () => {
      const linked = other;
      if (linked !== undefined) await untilTrue(ready, leaving, () => unlike(ready, linked, leaving));
    },
    leave: async () => {
      const gone = other;
      if (gone === undefined) throw new Error('nobody is there who could leave');
      const path = `/companies/${gone.id}/connections/${gone.connectionId}`;
      await call(ready, `PATCH ${path}`, z.unknown(), { status: 'Unlinked' });
      await call(ready, `DELETE /companies/${gone.id}`, z.unknown());
      await untilTrue(ready, 'the erasing', async () => {
        const objects = objectsOf(state, gone.connectionId);
        return objects === 0 ? undefined : `${objects} objects are left`;
      });
      left.push(gone);
      other = undefined;
    },
    before: async (chapter) => {
      const afresh = chapter === 'link' || chapter === 'first-sync';
      if (afresh && other !== undefined) await life.leave();
      if ((chapter === 'leave' || chapter === 'first-sync') && other === undefined) await life.link();
    },
    end: async () => {
      if (other !== undefined) await life.leave();
      await asFreshBooks();
      const wrong = await Promise.all(left.map((gone) => insist('the feed', () => feedFaults(gone))));
      return wrong.flat();
    },
  };
  return life;

  /** Each event of a life is told once, whatever died on the way. */
  async function feedFaults({ id, name }: Company): Promise<string[]> {
    const { results } = await call(ready, `GET /events?companyId=${id}`, Feed);
    const once = ['company.created', 'connection.created', 'connection.connected', 'company.deleted'];
    return once.flatMap((type) => {
      const count = results.filter(({ eventType }) => eventType === type).length;
      return count === 1 ? [] : [`${name}: ${type} is told ${count} times`];
    });
  }
}

/** How many objects a connection has in the engine's bucket, whatever function lists them. */
function objectsOf(state: string, connectionId: string): number {
  const database = new DatabaseSync(join(state, 'aws', 'objects.sqlite'), { readOnly: true });
  try {
    const row = database
      .prepare("select count(*) as count from objects where key like '%/' || ? || '/%'")
      .get(connectionId);
    return z.object({ count: z.number() }).parse(row).count;
  } finally {
    database.close();
  }
}
