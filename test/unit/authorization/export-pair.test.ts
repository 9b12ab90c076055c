import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeAppKeys } from '../../../src/app/grants/app-keys.ts';
import { makeGrantToken } from '../../../src/app/grants/grant-token.ts';
import { makeReleaseGrant } from '../../../src/app/grants/release-grant.ts';
import { makeReviveConnections } from '../../../src/app/grants/revive-connections.ts';
import type { JourneyPorts } from '../../../src/app/link/link-journey.ts';
import { makeReleaseAccess } from '../../../src/app/sync/release-access.ts';
import { unlink } from '../../../src/domain/connection-moves.ts';
import { reasons } from '../../../src/domain/health.ts';
import { turn } from '../../fakes/memory-table.ts';
import { memoryRefusals } from '../../fakes/settings.ts';
import { theConnection } from '../link/journey-scene.ts';
import { mortal } from '../link/mortal.ts';
import { type AuthorizationScene, brought, makeAuthorizationScene } from './authorization-scene.ts';

const hour = 3600;
const refusal = (sentence: RegExp, kind = 'conflict') =>
  expect.objectContaining({ kind, sentence: expect.stringMatching(sentence) });

/** An installation that reads Ada's books. */
async function makeLinkedScene() {
  const scene = await makeAuthorizationScene();
  await scene.link();
  scene.takeWoken();
  return scene;
}

const all = ['connection-1'];
const exported = (scene: AuthorizationScene, with_: Partial<JourneyPorts> = {}) =>
  scene.process(with_).exportPair(theConnection, all);

/** A worker of another process. */
const worker = (scene: AuthorizationScene, with_: Partial<JourneyPorts> = {}) => {
  const ports = { ...scene, ...with_ };
  return makeGrantToken({
    ...ports,
    appKeys: makeAppKeys(ports),
    refusals: memoryRefusals(),
    reviveConnections: makeReviveConnections(ports),
  })(scene.grantIdOf('900'));
};

describe('handing a consent over', () => {
  it('answers a pair that another system can renew', async () => {
    const scene = await makeLinkedScene();

    const { pair, clientId } = await exported(scene);

    expect(clientId).toBe('app');
    expect(scene.freshBooks.lives(pair.refreshToken)).toBe(true);
    expect(scene.freshBooks.works(pair.accessToken)).toBe(true);
  });

  it('ends all use of it here, now and after every life of its access token', async () => {
    const scene = await makeLinkedScene();
    const { pair } = await exported(scene);
    const before = scene.freshBooks.calls.length;

    for (const seconds of [0, 7 * hour, 24 * hour]) {
      scene.advance(seconds);
      await expect(worker(scene).token()).rejects.toMatchObject({
        kind: 'access-lost',
        reason: 'handed-over',
      });
    }

    expect(scene.freshBooks.calls).toHaveLength(before);
    expect(scene.freshBooks.lives(pair.refreshToken)).toBe(true);
  });

  it('says so on every connection that stood on it, and fences their workers off', async () => {
    const scene = await makeLinkedScene();
    const before = await scene.connection();

    const { connections } = await exported(scene);

    expect(connections.map(({ id }) => id)).toEqual(all);
    expect(await scene.connection()).toMatchObject({
      state: 'Deauthorized',
      loss: 'handed-over',
      wanted: {},
      epoch: before.epoch + 1,
    });
    expect(reasons['handed-over']).toEqual({ state: 'broken', action: 'take-back' });
  });

  it('is refused with the list of those that were not named, and then changes nothing', async () => {
    const scene = await makeLinkedScene();
    const other = await scene.waiting('other');
    await scene.link(other, brought(scene.pair));
    const before = await scene.connection();

    await expect(scene.process().exportPair(other, ['connection-other'])).rejects.toEqual(
      refusal(/connection-1 \(company company-1\)/),
    );

    expect(await scene.connection()).toEqual(before);
    expect(await worker(scene).token()).toBe(await scene.token('900'));
  });

  it('named in full moves them all', async () => {
    const scene = await makeLinkedScene();
    const other = await scene.waiting('other');
    await scene.link(other, brought(scene.pair));

    await scene.process().exportPair(other, ['connection-1', 'connection-other']);

    expect([await scene.connection(), await scene.connection(other)]).toMatchObject([
      { loss: 'handed-over' },
      { loss: 'handed-over' },
    ]);
  });

  it.each([
    ['never authorised', async () => makeAuthorizationScene()],
    [
      'was unlinked',
      async () => {
        const scene = await makeLinkedScene();
        await scene.connections.change(theConnection, ({ grantId: _grantId, ...rest }) => ({
          next: unlink(rest, scene.clock()),
          result: undefined,
        }));
        return scene;
      },
    ],
  ])('is refused for a connection that %s', async (_what, make) => {
    const scene = await make();

    await expect(exported(scene)).rejects.toEqual(refusal(/no consent that could be handed over/));
  });
});

describe('the fence between handing over and renewing', () => {
  it('nothing is handed over while a renewal is under way or was not answered', async () => {
    const scene = await makeLinkedScene();
    scene.advance(7 * hour);
    scene.freshBooks.fail('refresh', 'lost-after');
    await worker(scene).token();
    const before = await scene.connection();

    await expect(exported(scene)).rejects.toEqual(refusal(/was not answered yet/, 'unavailable'));

    expect(await scene.connection()).toEqual(before);
    expect(await scene.grants.find(scene.grantIdOf('900'))).toMatchObject({ status: 'live' });
  });

  it('whatever the order of a worker’s calls and ours, what is handed over lives and is only theirs', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.nat(40), async (scheduler, turns) => {
        const scene = await makeLinkedScene();
        scene.advance(7 * hour);
        const grants: JourneyPorts['grants'] = {
          ...scene.grants,
          find: scheduler.scheduleFunction(scene.grants.find),
          change: async (id, decide) => {
            await scheduler.schedule(Promise.resolve(), 'change');
            return scene.grants.change(id, decide);
          },
        };
        const { freshBooks } = scene;
        const slow = Object.assign(Object.create(freshBooks), {
          refresh: scheduler.scheduleFunction((keys: never, request: never) =>
            freshBooks.refresh(keys, request),
          ),
        });
        const renewed = worker(scene, { grants, oauth: slow })
          .token()
          .catch(() => undefined);
        // At any point of the renewal: before it is claimed, while FreshBooks is asked, after it was saved.
        const later = async () => {
          for (let n = 0; n < turns; n += 1) await turn();
          return exported(scene, { grants });
        };
        const handed = later().catch(() => undefined);
        const [token, over] = await scheduler.waitFor(Promise.all([renewed, handed]));

        // One of the two had to give way, or they came one after the other.
        if (over === undefined) expect(freshBooks.works(token ?? '')).toBe(true);
        else expect(freshBooks.lives(over.pair.refreshToken)).toBe(true);
        const grant = await scene.grants.find(scene.grantIdOf('900'));
        expect(grant?.status).toBe(over === undefined ? 'live' : 'handed-over');
      }),
      { numRuns: 200 },
    );
  });

  it('whoever dies in the middle: the same call again answers the same pair', async () => {
    let reached = true;
    for (let moment = 0; reached; moment += 1) {
      for (const after of [false, true]) {
        const scene = await makeLinkedScene();
        const { ports, died } = mortal(scene, moment, after);
        await exported(scene, ports).catch(() => undefined);
        reached = died();
        scene.advance(7 * hour);

        const { pair } = await exported(scene);

        expect(scene.freshBooks.lives(pair.refreshToken)).toBe(true);
        expect(await scene.connection()).toMatchObject({ loss: 'handed-over' });
        expect(await exported(scene)).toMatchObject({ pair });
      }
    }
  });
});

describe('the receipt', () => {
  it('acknowledged, the pair is forgotten here; again it changes nothing', async () => {
    const scene = await makeLinkedScene();
    const { pair } = await exported(scene);

    await scene.process().acknowledgeExport(theConnection);
    await scene.process().acknowledgeExport(theConnection);

    const grant = await scene.grants.find(scene.grantIdOf('900'));
    expect(grant).toMatchObject({ status: 'handed-over' });
    expect(grant?.pair).toBeUndefined();
    await expect(exported(scene)).rejects.toEqual(refusal(/another system has it already/));
    expect(scene.freshBooks.lives(pair.refreshToken)).toBe(true);
  });

  it('cannot be acknowledged before anything was handed over', async () => {
    const scene = await makeLinkedScene();

    await expect(scene.process().acknowledgeExport(theConnection)).rejects.toEqual(
      refusal(/was not handed over/),
    );
  });

  it.each([false, true])(
    'or not (%s): unlinking the connection leaves the consent to the other system',
    async (acknowledged) => {
      const scene = await makeLinkedScene();
      const { pair } = await exported(scene);
      if (acknowledged) await scene.process().acknowledgeExport(theConnection);
      await scene.connections.change(theConnection, (connection) => ({
        next: unlink(connection, scene.clock()),
        result: undefined,
      }));

      const releaseGrant = makeReleaseGrant({ ...scene, appKeys: makeAppKeys(scene) });
      const release = makeReleaseAccess({ ...scene, releaseGrant, removeHooks: async () => undefined });
      await release(theConnection, scene.grantIdOf('900'));

      expect(scene.freshBooks.lives(pair.refreshToken)).toBe(true);
      expect(await scene.grants.find(scene.grantIdOf('900'))).toBeUndefined();
      expect((await scene.connection()).grantId).toBeUndefined();
    },
  );
});

describe('a consent that an earlier walk left in the escrow', () => {
  it.each([
    ['is held for the receipt', false],
    ['is over there', true],
  ])('does not come to life when the later one %s', async (_where, acknowledged) => {
    const scene = await makeAuthorizationScene();
    const browser = scene.browser();
    const address = await browser.callback(scene, '900', '/link/link-1');
    const { attempts } = scene;
    let taken = false;
    // Its process dies with the pair in the escrow alone.
    const dying: typeof attempts = {
      ...attempts,
      change: async (id, decide) => {
        if (taken) throw new Error('the table is throttled');
        taken = true;
        return attempts.change(id, decide);
      },
    };
    const dead = scene.browserOf({ attempts: dying });
    Object.assign(dead.cookies, browser.cookies);
    await dead.get(address);
    const late = scene.takeWoken().flatMap(({ wake }) => (wake.kind === 'resume' ? [wake.attemptId] : []));
    scene.advance(60);
    await scene.browser().authorise(scene, '900', '/link/link-1?again=yes');
    const { pair } = await exported(scene);
    if (acknowledged) await scene.process().acknowledgeExport(theConnection);
    const { errors: _none, ...before } = await scene.connection();

    for (const attemptId of late) await scene.resume(attemptId);
    scene.advance(900);
    for (const { wake } of scene.takeWoken())
      if (wake.kind === 'give-back') await scene.giveBack(wake.grantId, wake.since);

    expect(late).toHaveLength(1);
    expect(await scene.connection()).toMatchObject(before);
    await expect(worker(scene).token()).rejects.toMatchObject({ reason: 'handed-over' });
    expect(scene.freshBooks.lives(pair.refreshToken)).toBe(true);
  });
});

describe('coming back', () => {
  it('the pair that the other system renewed meanwhile is imported, and reading goes on', async () => {
    const scene = await makeLinkedScene();
    await exported(scene);
    const renewed = scene.freshBooks.pairFor('app', '900');

    await scene.link(theConnection, brought(renewed));

    expect(await scene.connection()).toMatchObject({ state: 'Linked' });
    expect(scene.freshBooks.works(await worker(scene).token())).toBe(true);
  });

  it('what was exported can be imported again as it is', async () => {
    const scene = await makeLinkedScene();
    const { pair } = await exported(scene);

    await scene.link(theConnection, brought(pair));

    expect(await scene.connection()).toMatchObject({ state: 'Linked' });
  });

  it('the customer may authorise again: that ends it over there', async () => {
    const scene = await makeLinkedScene();
    const { pair } = await exported(scene);

    await scene.browser().authorise(scene);

    expect(await scene.connection()).toMatchObject({ state: 'Linked' });
    expect(scene.freshBooks.lives(pair.refreshToken)).toBe(false);
  });
});
