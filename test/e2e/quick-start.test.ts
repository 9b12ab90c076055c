import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { linkAsCustomer } from '../../bin/local/link-as-customer.ts';
import { clientsOf } from './conformance/clients.ts';
import { booksOf } from './link-company.ts';
import { patternOf, stepsOf } from './quick-start/page.ts';
import { Shell } from './quick-start/shell.ts';
import { type RunningStack, startStack, temporaryState } from './running-stack.ts';

// Every command of docs/quick-start, as a reader types it, against the whole stack.

const folder = join(import.meta.dirname, '../../docs/quick-start');
const pages = (await readdir(folder)).filter((name) => name.endsWith('.md'));

let stack: RunningStack;
let removeState: () => Promise<void>;
let variables: Record<string, string>;

beforeAll(async () => {
  const { state, remove } = await temporaryState();
  removeState = remove;
  stack = await startStack(state, ['--books', 'tiny']);
  const { ready, company } = await clientsOf(stack.ready);
  variables = {
    READY: join(state, 'ready.json'),
    API: ready.apiUrl,
    KEY: stack.ready.apiKey,
    ADMIN_KEY: ready.apiKey,
    COMPANY: company.id,
    CONNECTION: company.connectionId,
  };
}, 240_000);

afterAll(async () => {
  await stack?.stop();
  await removeState?.();
}, 300_000);

/** What a customer does at the link that the shell holds. */
async function authorise(shell: Shell): Promise<void> {
  const { email, businessId } = await booksOf(stack.ready, 'Messy & Fils');
  await linkAsCustomer({
    linkUrl: await shell.run('echo "$LINK"'),
    simulatorUrl: stack.ready.simulator.url,
    originUrl: stack.ready.apiUrl,
    email,
    businessId: String(businessId),
  });
}

describe('the quick starts', () => {
  it.each(pages)(
    '%s does what it says',
    async (page) => {
      const steps = await stepsOf(join(folder, page));
      const work = await mkdtemp(join(tmpdir(), 'ledgerlink-quick-start-'));
      const shell = new Shell(work, variables);

      expect(steps.length).toBeGreaterThan(0);
      for (const step of steps) {
        if (step.kind === 'person') await authorise(shell);
        else expect(await shell.run(step.text)).toMatch(patternOf(step.prints ?? ''));
      }
      await shell.end();
      await rm(work, { recursive: true });
    },
    300_000,
  );
});
