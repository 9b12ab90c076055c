import { describe, expect, it } from '@jest/globals';
import { grantIdOf } from '../../../src/app/grants/grant-id.ts';
import { makeGrantToken } from '../../../src/app/grants/grant-token.ts';
import { makeBelieveRefusals } from '../../../src/app/setup/refused-consents.ts';
import { lose } from '../../../src/domain/connection-moves.ts';
import { factsOf } from '../../../src/domain/grant.ts';
import { Problem } from '../../../src/domain/problem.ts';
import { fewRefusals } from '../../../src/domain/refusals.ts';
import { aLinkedConnection } from '../../fakes/builders.ts';
import { hour, makeScene } from './scene.ts';

const lostAccess = { kind: 'access-lost' };
const people = Array.from({ length: fewRefusals + 4 }, (_, n) => `90${n}`);
const [first = '', ...rest] = people;
const last = rest.at(-1) ?? '';
const minutes = 60;

/** Many people's consents past the middle of their lives, and a FreshBooks that may refuse them all. */
async function makeCrowd() {
  const scene = await makeScene();
  const pairs = new Map([[first, scene.pair]]);
  for (const person of rest) {
    const pair = scene.freshBooks.pairFor('app', person);
    await scene.promote({ clientId: 'app', appVersion: 1, identityId: person, pair });
    pairs.set(person, pair);
  }
  const stormy = { now: true, shown: 0 };
  const refresh: typeof scene.freshBooks.refresh = (keys, request) => {
    if (!stormy.now) return scene.freshBooks.refresh(keys, request);
    stormy.shown += 1;
    throw new Problem('access-lost', 'FreshBooks does not accept this consent any more.');
  };
  const tokens = makeGrantToken({ ...scene.deps, oauth: { refresh } });
  const grantOf = async (person: string) => {
    const grant = await scene.grants.find(grantIdOf('app', person));
    if (grant === undefined) throw new Error(`${person} has no grant`);
    return grant;
  };
  const ask = (person: string) => tokens(grantIdOf('app', person)).token();
  scene.advance(6 * hour);
  return {
    ...scene,
    stormy,
    pairs,
    grantOf,
    ask,
    askAll: async () => {
      for (const person of people) await ask(person).catch(() => undefined);
    },
    statuses: async () => Promise.all(people.map(async (person) => (await grantOf(person)).status)),
  };
}

describe('consents refused one by one', () => {
  it('are believed: each is lost', async () => {
    const crowd = await makeCrowd();

    for (const person of people) {
      await expect(crowd.ask(person)).rejects.toMatchObject(lostAccess);
      crowd.advance(4 * minutes);
    }

    expect(new Set(await crowd.statuses())).toEqual(new Set(['lost']));
    expect(crowd.totals.get('grant.storm')).toBeUndefined();
  });
});

describe('a storm of refusals', () => {
  it('loses nobody: who was refused first is taken back, and told of once to those who watch', async () => {
    const crowd = await makeCrowd();

    await crowd.askAll();

    expect(new Set(await crowd.statuses())).toEqual(new Set(['live']));
    expect(crowd.totals.get('grant.storm')).toBe(1);
    expect(factsOf(await crowd.grantOf(last)).held).toBeDefined();
  });

  it('brings connections back that had lost access in its first moments', async () => {
    const crowd = await makeCrowd();
    const ref = { companyId: 'company-1', connectionId: 'connection-1' };
    const error = { statusCode: '401', statusText: '', errorMessage: '' };
    const linked = aLinkedConnection({ grantId: crowd.grantId });
    await crowd.connections.insert(lose(linked, { ...error, reason: 'consent-withdrawn' }, crowd.clock()));

    await crowd.askAll();

    expect(await crowd.connections.find(ref)).toMatchObject({
      state: 'Linked',
      access: { held: expect.any(String) },
    });
    expect(crowd.takeWoken().map(({ wake }) => wake)).toContainEqual({ kind: 'sync', ref });
  });

  it('is read through while the access lasts, with each token shown every half hour and no more', async () => {
    const crowd = await makeCrowd();
    await crowd.askAll();
    crowd.stormy.shown = 0;

    for (let turns = 0; turns < 12; turns += 1) {
      expect(await crowd.ask(last)).toBe(crowd.pairs.get(last)?.accessToken);
      crowd.advance(10 * minutes);
    }

    expect(crowd.stormy.shown).toBe(3);
  });

  it('is waited for after the access has ended, for days, saying why', async () => {
    const crowd = await makeCrowd();
    await crowd.askAll();

    for (let hours = 0; hours < 5 * 24; hours += 3) {
      crowd.advance(3 * hour);
      await crowd.askAll();
    }

    expect(new Set(await crowd.statuses())).toEqual(new Set(['live']));
    await expect(crowd.ask(last)).rejects.toMatchObject({ kind: 'unavailable', reason: 'consents-held' });
  });

  it('ends without asking any customer when FreshBooks comes to itself', async () => {
    const crowd = await makeCrowd();
    await crowd.askAll();
    crowd.advance(20 * hour);
    crowd.stormy.now = false;

    for (const person of people) expect(crowd.freshBooks.works(await crowd.ask(person))).toBe(true);

    const grants = await Promise.all(people.map(crowd.grantOf));
    expect(grants.every(({ status, held }) => status === 'live' && held === undefined)).toBe(true);
    expect(crowd.totals.get('grant.lost')).toBe(fewRefusals);
  });

  it('loses in the end who is still refused an hour after it, when others are renewed again', async () => {
    const crowd = await makeCrowd();
    await crowd.askAll();
    crowd.freshBooks.takeBack('app', last);
    crowd.stormy.now = false;
    crowd.advance(31 * minutes);

    for (const person of people) await crowd.ask(person).catch(() => undefined);
    const soon = (await crowd.grantOf(last)).status;
    crowd.advance(31 * minutes);

    await expect(crowd.ask(last)).rejects.toMatchObject(lostAccess);
    expect(soon).toBe('live');
    expect((await crowd.statuses()).filter((status) => status === 'live')).toHaveLength(people.length - 1);
  });

  it('is over when somebody who looked says so: who is refused once more is lost', async () => {
    const crowd = await makeCrowd();
    await crowd.askAll();

    await makeBelieveRefusals(crowd)();
    crowd.advance(31 * minutes);
    await crowd.askAll();

    expect(new Set(await crowd.statuses())).toEqual(new Set(['lost']));
  });

  it('is of one app: the refusals of another one are believed as ever', async () => {
    const crowd = await makeCrowd();
    await crowd.askAll();
    const other = { clientId: 'other', clientSecret: 'canary-other' };
    const pair = crowd.freshBooks.pairFor('other', '77');
    await crowd.promote({ clientId: 'other', appVersion: 1, identityId: '77', pair });
    crowd.advance(6 * hour);
    const appKeys = {
      of: async () => ({ keys: other, appVersion: 1 }),
      current: async () => ({ keys: other, appVersion: 1 }),
    };
    const refresh = () => Promise.reject(new Problem('access-lost', 'no'));

    const tokens = makeGrantToken({ ...crowd.deps, appKeys, oauth: { refresh } });

    await expect(tokens(grantIdOf('other', '77')).token()).rejects.toMatchObject(lostAccess);
  });
});

describe('a refusal that cannot be counted', () => {
  it('loses nobody', async () => {
    const scene = await makeScene();
    scene.advance(6 * hour);
    scene.freshBooks.takeBack('app', '900');
    const refusals = { change: () => Promise.reject(new Error('throttled')) };

    expect(await scene.worker({ refusals }).token()).toBe(scene.pair.accessToken);
    scene.advance(31 * minutes);

    await expect(scene.worker().token()).rejects.toMatchObject(lostAccess);
  });
});
