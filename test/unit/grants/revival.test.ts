import { describe, expect, it } from '@jest/globals';
import { makeEscrow } from '../../../src/app/grants/escrow.ts';
import { pairText, sealedPair } from '../../../src/app/grants/pair-text.ts';
import { saveRefreshed } from '../../../src/app/grants/save-refreshed.ts';
import { lose } from '../../../src/domain/connection-moves.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { aLinkedConnection } from '../../fakes/builders.ts';
import { hour, makeScene } from './scene.ts';

const ref = { companyId: 'company-1', connectionId: 'connection-1' };

/** A refresh was spent and its answer is late: by now the grant counts as lost, and so does its connection. */
async function makeLate() {
  const scene = await makeScene();
  scene.advance(6 * hour);
  const pair = scene.freshBooks.pairFor('app', '900');
  const { born, epoch } = await scene.stored();
  const sealed = sealedPair(
    pair,
    await scene.sealer.seal(pairText(pair), { purpose: 'grant', id: scene.grantId }),
    1,
  );
  const loss = { at: scene.clock(), reason: 'rotation-lost' as const };
  await scene.grants.change(scene.grantId, (grant) => ({
    ...(grant && { next: { ...grant, status: 'lost' as const, loss } }),
    result: undefined,
  }));
  scene.advance(6 * hour - 30);
  const error = { statusCode: '401', statusText: '', errorMessage: '', reason: 'access-ended' as const };
  const linked = aLinkedConnection({ grantId: scene.grantId });
  await scene.connections.insert(lose(linked, error, scene.clock()));
  return { ...scene, newer: pair, late: { grantId: scene.grantId, born, epoch, sealed } };
}

type Late = Awaited<ReturnType<typeof makeLate>>;

async function expectRevived(scene: Late): Promise<void> {
  const connection = await scene.connections.find(ref);
  expect(await scene.stored()).toMatchObject({ status: 'live', epoch: 2 });
  expect(connection).toMatchObject({ state: 'Linked', access: { epoch: 2 }, authorised: scene.clock() });
  expect(connection?.loss).toBeUndefined();
  expect(Object.keys(connection?.wanted ?? {})).toContain('invoices');
  expect(scene.takeWoken().map(({ wake }) => wake)).toContainEqual({ kind: 'sync', ref });
}

describe('a pair that comes when its grant was taken for lost', () => {
  it('brings back the connections too, when the worker that obtained it saves it late', async () => {
    const scene = await makeLate();

    await saveRefreshed(scene.deps, scene.late, plusSeconds(scene.clock(), 30));

    await expectRevived(scene);
  });

  it('brings them back when another worker finds it aside', async () => {
    const scene = await makeLate();
    await makeEscrow(scene).keepPair(scene.late);

    const token = await scene.worker().token();

    expect(token).toBe(scene.newer.accessToken);
    await expectRevived(scene);
  });

  it('leaves alone who was unlinked meanwhile, or stands on another consent', async () => {
    const scene = await makeLate();
    const others = [
      { id: 'unlinked', state: 'Unlinked' as const, grantId: scene.grantId },
      { id: 'elsewhere', state: 'Deauthorized' as const, grantId: 'another' },
      { id: 'leaving', state: 'Deauthorized' as const, grantId: scene.grantId, erasing: scene.clock() },
    ];
    for (const other of others) await scene.connections.insert(aLinkedConnection(other));

    await saveRefreshed(scene.deps, scene.late, plusSeconds(scene.clock(), 30));

    const states = others.map(
      async ({ id }) => (await scene.connections.find({ ...ref, connectionId: id }))?.state,
    );
    expect(await Promise.all(states)).toEqual(['Unlinked', 'Deauthorized', 'Deauthorized']);
  });

  it.each([
    ['access-ended', 'Linked'],
    ['consent-withdrawn', 'Deauthorized'],
  ] as const)(
    'is made up for by the next renewal where its worker died before it: %s, %s',
    async (reason, state) => {
      const scene = await makeLate();
      const dying = () => Promise.reject(new Error('killed'));
      const error = { statusCode: '401', statusText: '', errorMessage: '', reason };
      await scene.connections.change(ref, (connection) => ({
        next: lose({ ...connection, state: 'Linked' }, error, scene.clock()),
        result: undefined,
      }));
      const until = plusSeconds(scene.clock(), 30);
      await saveRefreshed({ ...scene.deps, reviveConnections: dying }, scene.late, until);

      scene.advance(7 * hour);
      await scene.worker().token();

      expect((await scene.connections.find(ref))?.state).toBe(state);
    },
  );

  it('is saved although the connections could not be reached, which is written down', async () => {
    const scene = await makeLate();
    const reviveConnections = () => Promise.reject(new Error('throttled'));

    await saveRefreshed({ ...scene.deps, reviveConnections }, scene.late, plusSeconds(scene.clock(), 30));

    expect((await scene.stored()).status).toBe('live');
    expect(scene.lines.map(({ event }) => event)).toContain('grant.aside.failed');
  });
});
