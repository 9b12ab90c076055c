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

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'docs/quick-start');
const pages = (await readdir(folder)).filter((name) => name.endsWith('.md'));

/** Commands that no test runs: each is here by name, with the reason that its page gives. */
const notRun = [
  ['deploy.md', 'it needs an AWS account', 'npx cdk bootstrap'],
  ['deploy.md', 'it needs an AWS account', 'npm run deploy'],
  ['deploy.md', 'it needs an AWS account', 'aws cognito-idp admin-create-user'],
] as const;

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
    // Another system to move from, of the same shape: here it is this one.
    OLD_API: ready.apiUrl,
    OLD_KEY: stack.ready.apiKey,
    LEDGERLINK: root,
    // As if they had been installed in the reader's folder.
    NODE_PATH: join(root, 'node_modules'),
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

      try {
        expect(steps.length).toBeGreaterThan(0);
        for (const step of steps) {
          if (step.kind === 'person') await authorise(shell);
          if (step.kind !== 'commands') continue;
          expect(await shell.run(step.text)).toMatch(patternOf(step.prints ?? ''));
        }
      } finally {
        // Also where a command printed something else: a shell that waits would keep this process.
        await shell.end();
        await rm(work, { recursive: true });
      }
    },
    300_000,
  );

  it.each(notRun)('%s: not run here, because %s: %s', async (page, why, command) => {
    const steps = await stepsOf(join(folder, page));

    expect(
      steps.filter((step) => step.kind === 'not-run' && step.why === why && step.text.includes(command)),
    ).toHaveLength(1);
  });

  it('leave out no other command', async () => {
    const steps = await Promise.all(pages.map((page) => stepsOf(join(folder, page))));

    expect(steps.flat().filter(({ kind }) => kind === 'not-run')).toHaveLength(notRun.length);
  });
});
