import { describe, expect, it } from '@jest/globals';
import type { JourneyPorts } from '../../../src/app/link/link-journey.ts';
import { theConnection } from '../link/journey-scene.ts';
import { mortal } from '../link/mortal.ts';
import { type AuthorizationScene, brought, makeAuthorizationScene } from './authorization-scene.ts';

const refusal = (sentence: RegExp, kind = 'conflict') =>
  expect.objectContaining({ kind, sentence: expect.stringMatching(sentence) });

/** What a worker finds in its queue, until nothing more comes of it. */
async function work(scene: AuthorizationScene): Promise<void> {
  for (const { wake, delaySeconds } of scene.takeWoken()) {
    scene.advance(delaySeconds);
    if (wake.kind === 'resume') await scene.resume(wake.attemptId);
    if (wake.kind === 'give-back') await scene.giveBack(wake.grantId, wake.since);
  }
}

describe('a pair that another system held', () => {
  it('links the connection, and is renewed at once: only what we hold lives from then on', async () => {
    const scene = await makeAuthorizationScene();

    const linked = await scene.link();

    expect(linked).toMatchObject({ state: 'Linked', business: { businessId: '4200' } });
    expect(scene.freshBooks.lives(scene.pair.refreshToken)).toBe(false);
    expect(scene.freshBooks.works(await scene.token('900'))).toBe(true);
    expect(await scene.token('900')).not.toBe(scene.pair.accessToken);
    expect(scene.takeWoken().map(({ wake }) => wake.kind)).toContain('sync');
  });

  it('wants its first read, as after a customer who authorised', async () => {
    const scene = await makeAuthorizationScene();

    const linked = await scene.link();

    expect(Object.keys(linked.wanted)).toContain('invoices');
    expect(linked.authorised).toBe(scene.clock());
  });

  it('sent again answers the same, and shows FreshBooks nothing a second time', async () => {
    const scene = await makeAuthorizationScene();
    const first = await scene.link();

    const again = await scene.link();

    expect(again).toEqual(first);
    expect(scene.freshBooks.presented.get(scene.pair.refreshToken)).toBe(1);
  });

  it('sent twice at the same moment is shown to FreshBooks once', async () => {
    const scene = await makeAuthorizationScene();

    const both = await Promise.allSettled([scene.link(), scene.link()]);

    expect(both.map(({ status }) => status)).toContain('fulfilled');
    expect(scene.freshBooks.presented.get(scene.pair.refreshToken)).toBe(1);
    expect((await scene.link()).state).toBe('Linked');
  });

  it('serves every connection of its person, one after the other', async () => {
    const scene = await makeAuthorizationScene();
    const pair = scene.personWith('901', 'first', 'second');
    const [one, two] = [await scene.waiting('one'), await scene.waiting('two')];

    await scene.link(one, brought(pair, { businessId: 'first' }));
    await scene.link(two, brought(pair, { businessId: 'second' }));

    const grantId = scene.grantIdOf('901');
    expect(await scene.connection(one)).toMatchObject({ grantId, business: { businessId: 'first' } });
    expect(await scene.connection(two)).toMatchObject({ grantId, business: { businessId: 'second' } });
    expect(scene.freshBooks.presented.get(pair.refreshToken)).toBe(1);
  });

  it('brings those back that had lost access on the same consent', async () => {
    const scene = await makeAuthorizationScene();
    await scene.link();
    await scene.process().exportPair(theConnection, ['connection-1']);
    const other = await scene.waiting('two');

    await scene.link(other, brought(scene.freshBooks.pairFor('app', '900')));

    expect(await scene.connection()).toMatchObject({ state: 'Linked' });
    expect((await scene.connection()).loss).toBeUndefined();
  });

  it('may cover more than customers are asked for now: then nobody has to authorise again', async () => {
    const scene = await makeAuthorizationScene();
    const granted = [...((await scene.integration.find())?.scopes ?? []), 'user:time_entries:read'];
    const { freshBooks } = scene;
    const oauth: JourneyPorts['oauth'] = {
      authorizeUrl: (request) => freshBooks.authorizeUrl(request),
      exchange: (keys, request) => freshBooks.exchange(keys, request),
      revoke: (keys, token) => freshBooks.revoke(keys, token),
      whoIs: (token) => freshBooks.whoIs(token),
      refresh: async (keys, request) => ({ ...(await freshBooks.refresh(keys, request)), scopes: granted }),
    };

    const linked = await scene.process({ oauth }).importPair(theConnection, brought(scene.pair));

    expect(linked.scopes).toEqual((await scene.integration.find())?.scopes);
  });
});

describe('a pair that is refused', () => {
  const untouched = async (scene: AuthorizationScene, before: unknown) => {
    expect(await scene.connection()).toEqual(before);
    expect(await scene.grants.find(scene.grantIdOf('900'))).toBeUndefined();
  };

  it.each([
    ['of another app', { clientId: 'another' }, /another FreshBooks app/],
    ['of another business', { businessId: '77' }, /another business/],
  ])('because it is %s stays as good as it was over there', async (_why, with_, sentence) => {
    const scene = await makeAuthorizationScene();
    const before = await scene.connection();

    await expect(scene.link(theConnection, { ...brought(scene.pair), ...with_ })).rejects.toEqual(
      refusal(sentence),
    );

    await untouched(scene, before);
    expect(scene.freshBooks.lives(scene.pair.refreshToken)).toBe(true);
    expect(scene.freshBooks.presented.size).toBe(0);
  });

  it('because the connection was linked to another business stays as good as it was over there', async () => {
    const scene = await makeAuthorizationScene();
    const business = { identityId: '1', accountId: 'other', businessId: '1', name: 'Another' };
    const pinned = await scene.waiting('pinned', { business });

    await expect(scene.link(pinned)).rejects.toEqual(refusal(/another business/));

    expect(scene.freshBooks.lives(scene.pair.refreshToken)).toBe(true);
  });

  it('because its person has several businesses names them', async () => {
    const scene = await makeAuthorizationScene();
    const pair = scene.personWith('901', '4201', '4202');

    await expect(scene.link(theConnection, brought(pair))).rejects.toEqual(refusal(/4201, 4202/));

    expect(scene.freshBooks.lives(pair.refreshToken)).toBe(true);
  });

  it('because it was spent elsewhere changes nothing, and the pair that lives is taken afterwards', async () => {
    const scene = await makeAuthorizationScene();
    const before = await scene.connection();
    const newer = scene.freshBooks.pairFor('app', '900');

    await expect(scene.link()).rejects.toEqual(refusal(/used or replaced elsewhere/));
    await untouched(scene, before);

    expect((await scene.link(theConnection, brought(newer))).state).toBe('Linked');
  });

  it('because FreshBooks is switched off is not spent', async () => {
    const scene = await makeAuthorizationScene();
    await scene.integration.change((current) =>
      current === undefined
        ? { result: undefined }
        : { next: { ...current, enabled: false }, result: undefined },
    );

    await expect(scene.link()).rejects.toEqual(refusal(/not enabled/));

    expect(scene.freshBooks.lives(scene.pair.refreshToken)).toBe(true);
  });

  it('because the keys of our app are not accepted can be sent again when they are', async () => {
    const scene = await makeAuthorizationScene();
    const keys = { clientId: 'app', clientSecret: 'canary-secret' };
    scene.freshBooks.dropSecret(keys);
    await expect(scene.link()).rejects.toEqual(refusal(/keys of this app/));

    scene.freshBooks.addApp(keys);

    expect((await scene.link()).state).toBe('Linked');
  });

  it.each([
    { companyId: 'company-1', connectionId: 'nobody' },
    { companyId: 'nobody', connectionId: 'connection-1' },
  ])('because there is no such connection is not spent: %j', async (ref) => {
    const scene = await makeAuthorizationScene();

    await expect(scene.link(ref)).rejects.toEqual(refusal(/Check the id/, 'not-found'));

    expect(scene.freshBooks.lives(scene.pair.refreshToken)).toBe(true);
  });
});

describe('a pair whose access token has ended', () => {
  const ended = 13 * 3600;

  it('is not spent before it is said which business it is for', async () => {
    const scene = await makeAuthorizationScene();
    scene.advance(ended);

    await expect(scene.link()).rejects.toEqual(refusal(/"businessId"/));

    expect(scene.freshBooks.lives(scene.pair.refreshToken)).toBe(true);
  });

  it('links the business that was said', async () => {
    const scene = await makeAuthorizationScene();
    const pair = scene.personWith('901', '4201', '4202');
    scene.advance(ended);

    const linked = await scene.link(theConnection, brought(pair, { businessId: '4202' }));

    expect(linked.business?.businessId).toBe('4202');
  });

  it('for another connection than was meant is kept a while for the right one', async () => {
    const scene = await makeAuthorizationScene();
    const wrong = await scene.waiting('wrong');
    scene.advance(ended);
    await expect(scene.link(wrong, brought(scene.pair, { businessId: '77' }))).rejects.toEqual(
      refusal(/another business/),
    );
    expect(await scene.connection(wrong)).toMatchObject({ state: 'PendingAuth', errors: [] });

    const linked = await scene.link(theConnection, brought(scene.pair, { businessId: '4200' }));

    expect(linked.state).toBe('Linked');
  });

  it('and that nobody claims ends at FreshBooks, like any consent that nothing stands on', async () => {
    const scene = await makeAuthorizationScene();
    scene.advance(ended);
    await expect(scene.link(theConnection, brought(scene.pair, { businessId: '77' }))).rejects.toThrow();
    const token = await scene.token('900');

    await work(scene);

    expect(scene.freshBooks.works(token)).toBe(false);
    expect(await scene.grants.find(scene.grantIdOf('900'))).toBeUndefined();
  });
});

describe('when something fails on the way', () => {
  it.each(['lost-before', 'lost-after'] as const)(
    'FreshBooks’ silence (%s) is said, and nothing is shown twice within the minute',
    async (mishap) => {
      const scene = await makeAuthorizationScene();
      scene.freshBooks.fail('refresh', mishap);

      await expect(scene.link()).rejects.toEqual(refusal(/did not answer/, 'unavailable'));
      await expect(scene.link()).rejects.toEqual(refusal(/at this moment/, 'unavailable'));

      expect(scene.freshBooks.presented.get(scene.pair.refreshToken) ?? 0).toBeLessThan(2);
    },
  );

  it('a pair that was not spent in the silence is taken over later', async () => {
    const scene = await makeAuthorizationScene();
    scene.freshBooks.fail('refresh', 'lost-before');
    await expect(scene.link()).rejects.toThrow();
    await work(scene);

    expect((await scene.link()).state).toBe('Linked');
  });

  it('a pair that its table refuses is put aside, and found by the worker', async () => {
    const scene = await makeAuthorizationScene();
    let refused = 0;
    const attempts: JourneyPorts['attempts'] = {
      ...scene.attempts,
      change: async (id, decide) => {
        refused += 1;
        // The first looks whether it may begin; all that would save the pair fail.
        if (refused > 1) throw new Error('the table is not there');
        return scene.attempts.change(id, decide);
      },
    };
    await expect(
      scene.process({ attempts }).importPair(theConnection, brought(scene.pair)),
    ).rejects.toThrow();

    await work(scene);

    expect(await scene.connection()).toMatchObject({ state: 'Linked' });
    expect(scene.freshBooks.works(await scene.token('900'))).toBe(true);
  });

  it('whoever dies leaves what is brought to its end; only an answer that nobody lived to save is lost', async () => {
    const lost: string[] = [];
    let reached = true;
    for (let moment = 0; reached; moment += 1) {
      for (const after of [false, true]) {
        const scene = await makeAuthorizationScene();
        const { ports, died } = mortal(scene, moment, after);
        await scene
          .process(ports)
          .importPair(theConnection, brought(scene.pair))
          .catch(() => undefined);
        await work(scene);
        const state = await scene.link().then(
          (linked) => linked.state,
          () => 'refused',
        );
        reached = died();
        if (state !== 'Linked') lost.push(`${scene.freshBooks.calls.slice(0, 2).join(' ')}, ${after}`);
        else expect(scene.freshBooks.presented.get(scene.pair.refreshToken)).toBe(1);
      }
    }

    // Dead as soon as FreshBooks had answered, and dead before the first write after it.
    expect(lost).toEqual(['whoIs refresh, true', 'whoIs refresh, false']);
  });

  it('no line of the log has a token in it', async () => {
    const scene = await makeAuthorizationScene();
    scene.freshBooks.fail('refresh', 'lost-before');
    await scene.link().catch(() => undefined);
    await work(scene);
    await scene.link();
    await scene.process().exportPair(theConnection, ['connection-1']);

    expect(scene.lines.length).toBeGreaterThan(0);
    expect(JSON.stringify(scene.lines)).not.toContain('canary');
  });
});
