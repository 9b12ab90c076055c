import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type RunningStack, startStack } from '../../local/start-stack.ts';
import { makeKeepAppKeys, makeOpenAppKeys } from '../../src/adapters/aws/app-keys-secret.ts';
import type { KeepAppKeys, OpenAppKeys } from '../../src/app/ports.ts';
import { synthesise } from '../infra/synthesise.ts';
import { clientsOf, emptyFolder } from '../local/fixture.ts';

let stack: RunningStack;
let keep: KeepAppKeys;
let open: () => OpenAppKeys;
const stateDir = emptyFolder();

beforeAll(async () => {
  stack = await startStack({ assemblyDir: synthesise().directory, stateDir });
  const { secrets } = clientsOf(stack);
  const secret = stack.outputs['FreshBooksSecret'] ?? '';
  keep = makeKeepAppKeys(secret, secrets);
  open = () => makeOpenAppKeys(secret, secrets);
}, 300_000);

afterAll(async () => {
  await stack?.close();
  rmSync(stateDir, { recursive: true, force: true });
});

const keys = (n: number) => ({ clientId: `client-${n}`, clientSecret: `secret-${n}` });

describe('the keys of the FreshBooks app', () => {
  it('each saved pair is a version of its own, and the older ones stay open to grants that pin them', async () => {
    const first = await keep(keys(1), 1);
    const second = await keep(keys(2), 2);

    expect(first).not.toBe(second);
    expect(await open()(first)).toEqual(keys(1));
    expect(await open()(second)).toEqual(keys(2));
  });

  it('can be replaced more often than a secret has labels', async () => {
    const versions: string[] = [];
    for (let n = 3; n <= 45; n += 1) versions.push(await keep(keys(n), n));

    const newest = versions.slice(-18);
    const opened = await Promise.all(newest.map((version) => open()(version)));

    expect(opened).toEqual(newest.map((_, n) => keys(45 - 17 + n)));
  });
});
