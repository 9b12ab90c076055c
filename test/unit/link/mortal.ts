import type { JourneyPorts } from '../../../src/app/link/link-journey.ts';

class Killed extends Error {}

/**
 * The ports of a process that dies at its n-th call to the world: before the call, or after it was done and before
 * its answer came. A process that is dead does nothing any more.
 */
export function mortal(
  ports: JourneyPorts,
  moment: number,
  after: boolean,
): { ports: Partial<JourneyPorts>; died: () => boolean } {
  let calls = -1;
  let dead = false;
  const guard =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      calls += 1;
      if (calls === moment && !after) dead = true;
      if (dead) throw new Killed();
      const answer = await call(...args);
      if (calls === moment) dead = true;
      if (dead) throw new Killed();
      return answer;
    };
  const { attempts, connections, escrow, grants, oauth, oneTimeLinks } = ports;
  return {
    died: () => dead,
    ports: {
      waker: guard(ports.waker),
      wait: async () => undefined,
      attempts: {
        ...attempts,
        find: guard(attempts.find),
        insert: guard(attempts.insert),
        change: (id, decide) => guard(() => attempts.change(id, decide))(),
      },
      escrow: {
        ...escrow,
        keepConsent: guard(escrow.keepConsent),
        forgetConsent: guard(escrow.forgetConsent),
      },
      grants: {
        ...grants,
        find: guard(grants.find),
        remove: guard(grants.remove),
        change: (id, decide) => guard(() => grants.change(id, decide))(),
      },
      connections: {
        ...connections,
        find: guard(connections.find),
        onGrant: guard(connections.onGrant),
        change: (ref, decide) => guard(() => connections.change(ref, decide))(),
      },
      oneTimeLinks: {
        ...oneTimeLinks,
        find: guard(oneTimeLinks.find),
        change: (digest, decide) => guard(() => oneTimeLinks.change(digest, decide))(),
      },
      oauth: {
        authorizeUrl: (request) => oauth.authorizeUrl(request),
        exchange: guard((keys, request) => oauth.exchange(keys, request)),
        refresh: guard((keys, request) => oauth.refresh(keys, request)),
        revoke: guard((keys, token) => oauth.revoke(keys, token)),
        whoIs: guard((token) => oauth.whoIs(token)),
      },
    },
  };
}
