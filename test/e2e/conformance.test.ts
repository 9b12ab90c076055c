import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountingMethods } from './conformance/accounting-methods.ts';
import { type Clients, clientsOf, type Method } from './conformance/clients.ts';
import { mustMethods } from './conformance/must-methods.ts';
import { platformMethods } from './conformance/platform-methods.ts';
import { shouldAccounting, shouldMethods, shouldPlatform } from './conformance/should-methods.ts';
import { type RunningStack, startStack, temporaryState } from './running-stack.ts';

// Client code written for the API that this one follows works by changing base URL and key: every method of the
// official clients that such code cannot do without, and those of reading that it may, on books that are not empty.

let stack: RunningStack;
let removeState: () => Promise<void>;
let clients: Clients;

beforeAll(async () => {
  const { state, remove } = await temporaryState();
  removeState = remove;
  stack = await startStack(state, ['--books', 'messy']);
  clients = await clientsOf(stack.ready);
}, 240_000);

afterAll(async () => {
  await stack?.stop();
  await removeState?.();
}, 300_000);

const tables = [
  ['@codat/platform', platformMethods, mustMethods.platform, () => clients.platform],
  ['@codat/accounting', accountingMethods, mustMethods.accounting, () => clients.accounting],
  [
    '@codat/platform, what code may do without',
    shouldPlatform,
    shouldMethods.platform,
    () => clients.platform,
  ],
  [
    '@codat/accounting, what code may do without',
    shouldAccounting,
    shouldMethods.accounting,
    () => clients.accounting,
  ],
] as const;

describe.each(tables)('%s', (_client, methods, must, client) => {
  const rows = methods.map((row): [string, Method] => [row.method, row]);

  it('has every method of the list, and the list is in the table', () => {
    const absent = must.filter((name) => {
      const [area = '', method = ''] = name.split('.');
      const held: unknown = Reflect.get(client(), area);
      return typeof held !== 'object' || held === null || typeof Reflect.get(held, method) !== 'function';
    });

    expect(absent).toEqual([]);
    expect(methods.map(({ method }) => method).toSorted()).toEqual([...must].toSorted());
  });

  it.each(rows)('%s', async (_name, { run }) => {
    await run(clients);
  });
});
