import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { CheckUrl } from '../app/event-ports.ts';
import { isLoopback, isPublicAddress } from './public-address.ts';

/** Every address of a host; throws when there is none. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/** Loopback is allowed on one machine only, where the receiver is another program on it. */
export type EgressRules = { loopback: 'allowed' | 'refused' };

const ports = ['', '443', '8443'];

export const resolveHost: Resolve = async (host) =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** True when a connection to that address may be made. */
export function mayConnect(address: string, rules: EgressRules): boolean {
  return isPublicAddress(address) || (rules.loopback === 'allowed' && isLoopback(address));
}

/** The host of a URL as DNS and sockets want it: without brackets, and without the dot of the root. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

/**
 * Looks at a URL as it will be looked at when something is sent: https to 443 or 8443, and a host of which every
 * address is public. A host that has public and other addresses is refused: which one is dialled is chance.
 */
export function makeCheckUrl(rules: EgressRules, resolve: Resolve = resolveHost): CheckUrl {
  return async (text) => {
    const url = new URL(text);
    const host = hostOf(url);
    const addresses = isIP(host) === 0 ? await resolve(host).catch(() => []) : [host];
    if (addresses.length === 0) return 'no-such-host';
    if (rules.loopback === 'allowed' && addresses.every(isLoopback)) return undefined;
    if (url.protocol !== 'https:') return 'not-https';
    if (!ports.includes(url.port)) return 'not-a-port';
    return addresses.every(isPublicAddress) ? undefined : 'not-public';
  };
}
