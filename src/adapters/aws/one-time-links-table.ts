import type { OneTimeLinks } from '../../app/ports.ts';
import { millisOf } from '../../domain/instant.ts';
import { forgottenAfter, OneTimeLink } from '../../domain/one-time-link.ts';
import { changeItem, findItem, type ItemKind, insertItem } from './change-item.ts';
import { oneTimeLinkKey } from './keys.ts';
import type { Tables } from './tables.ts';

/** One-time links in the state table, which forgets them a while after they expired. */
export function makeOneTimeLinks(tables: Tables, table: string): OneTimeLinks {
  const kind: ItemKind<OneTimeLink> = {
    tables,
    table,
    schema: OneTimeLink,
    attributes: (link) => ({ ttl: Math.ceil(millisOf(forgottenAfter(link)) / 1000) }),
  };
  return {
    insert: (link) => insertItem(kind, oneTimeLinkKey(link.digest), link),
    find: (digest) => findItem(kind, oneTimeLinkKey(digest)),
    change: (digest, decide) =>
      changeItem(kind, oneTimeLinkKey(digest), (link) =>
        link === undefined ? { result: undefined } : decide(link),
      ),
  };
}
