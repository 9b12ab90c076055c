import * as z from 'zod';
import { type ApiClient, Refused } from './api-client.ts';
import { listPages } from './list-pages.ts';

const Connection = z.object({ id: z.string(), status: z.string() });
const Statuses = z.record(z.string(), z.object({ dataType: z.string() }));
const Operation = z.object({
  id: z.string(),
  status: z.string(),
  errorMessage: z.string().optional(),
  isCompleted: z.boolean(),
});

/** What is asked for: every connection of the company, and every data type, unless they are named. */
export type ReprojectWish = { companyId: string; dataTypes: readonly string[]; connectionId?: string };

type Tools = {
  api: ApiClient;
  say: (line: string) => void;
  /** What lets some time pass for one data type; false when the caller's patience with it is at its end. */
  patience: () => () => Promise<boolean>;
};

/**
 * Has data types made again of the rows that are held, one pull operation after the other, and says how each ended.
 * A data type that was not named and cannot be made again, since nothing was read of it, is passed over. True when
 * all of what was asked for was done.
 */
export async function reproject(tools: Tools, wish: ReprojectWish): Promise<boolean> {
  const { api, say } = tools;
  const company = `/companies/${encodeURIComponent(wish.companyId)}`;
  const connections = [];
  for await (const { id } of listPages(api, `${company}/connections?pageSize=100`, Connection)) {
    if (wish.connectionId === undefined || wish.connectionId === id) connections.push(id);
  }
  if (connections.length === 0) {
    say('FAILED  there is no such connection');
    return false;
  }
  const types = wish.dataTypes.length > 0 ? wish.dataTypes : await everyType(api, company);
  let [done, good] = [0, true];
  for (const connection of connections) {
    for (const type of types) {
      const ended = await remake(tools, company, connection, type, wish.dataTypes.length > 0);
      if (ended === 'done') done += 1;
      if (ended === 'failed') good = false;
    }
  }
  if (done === 0 && good) say('FAILED  nothing was read yet that could be made again');
  return good && done > 0;
}

async function everyType(api: ApiClient, company: string): Promise<string[]> {
  return Object.keys(await api('GET', `${company}/dataStatus`, Statuses));
}

async function remake(
  { api, say, patience }: Tools,
  company: string,
  connection: string,
  type: string,
  named: boolean,
): Promise<'done' | 'failed' | 'passed over'> {
  const what = `${connection} ${type}`;
  const waitOn = patience();
  try {
    const path = `${company}/connections/${encodeURIComponent(connection)}/reproject/${encodeURIComponent(type)}`;
    let operation = await api('POST', path, Operation);
    while (!operation.isCompleted) {
      if (!(await waitOn())) {
        say(`FAILED  ${what}: still ${operation.status}, pull operation ${operation.id}`);
        return 'failed';
      }
      operation = await api('GET', `${company}/data/history/${operation.id}`, Operation);
    }
    if (operation.status === 'Complete') {
      say(`ok      ${what}`);
      return 'done';
    }
    say(`FAILED  ${what}: ${operation.status}. ${operation.errorMessage ?? ''}`.trimEnd());
    return 'failed';
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // 409: nothing was read of it, or the connection is not linked.
    const passed = error.status === 409 && !named;
    say(`${passed ? '-     ' : 'FAILED'}  ${what}: ${error.sentence}`);
    return passed ? 'passed over' : 'failed';
  }
}
