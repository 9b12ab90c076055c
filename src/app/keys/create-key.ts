import { type Instant, plusSeconds } from '../../domain/instant.ts';
import { Problem } from '../../domain/problem.ts';
import { digestOf } from '../digest.ts';
import type { ApiKey, ApiKeys, Clock, NewId } from '../ports.ts';
import { keyText, type NewSecret, prefixOf } from './key-text.ts';
import type { Role } from './role.ts';

/** More would be a sign that keys are made by a program and never deleted. */
const maxKeys = 10;

/**
 * Makes an API key. `text` is the key itself: it is nowhere but in this answer. `creates` is its id when the call may be
 * made again.
 */
export function makeCreateKey(deps: {
  apiKeys: Pick<ApiKeys, 'insert' | 'all' | 'remove'>;
  clock: Clock;
  newId: NewId;
  newSecret: NewSecret;
}) {
  return async (
    wish: { name: string; role: Role; expiresInDays?: number | undefined },
    creates?: string,
  ): Promise<{ key: ApiKey; text: string }> => {
    // A request that died before it could tell the key to anybody left one that nobody knows.
    if (creates !== undefined) await deps.apiKeys.remove(creates);
    if ((await deps.apiKeys.all()).length >= maxKeys) throw tooMany();
    const id = creates ?? deps.newId();
    const text = keyText(id, deps.newSecret());
    const created = deps.clock();
    const key: ApiKey = {
      id,
      name: wish.name,
      prefix: prefixOf(text),
      hash: digestOf(text),
      role: wish.role,
      created,
      ...(wish.expiresInDays === undefined ? {} : { expires: daysAfter(created, wish.expiresInDays) }),
    };
    await deps.apiKeys.insert(key);
    await refuseEleventh(deps.apiKeys, id);
    return { key, text };
  };
}

/** Of keys made at the same moment the ones beyond the tenth go again: counting first is not enough. */
async function refuseEleventh(apiKeys: Pick<ApiKeys, 'all' | 'remove'>, id: string): Promise<void> {
  if ((await apiKeys.all()).length <= maxKeys) return;
  await apiKeys.remove(id);
  throw tooMany();
}

function tooMany(): Problem {
  return new Problem('conflict', `There are ${maxKeys} API keys already. Delete one that is not used first.`);
}

function daysAfter(instant: Instant, days: number): Instant {
  return plusSeconds(instant, days * 24 * 3600);
}
