import { type Instant, plusSeconds } from '../../domain/instant.ts';
import { Problem } from '../../domain/problem.ts';
import type { ApiKey, ApiKeys, Clock, NewId } from '../ports.ts';
import { hashOf, keyText, type NewSecret, prefixOf } from './key-text.ts';
import type { Role } from './role.ts';

/** More would be a sign that keys are made by a program and never deleted. */
const maxKeys = 10;

/** Makes an API key. `text` is the key itself: it is nowhere but in this answer. */
export function makeCreateKey(deps: {
  apiKeys: Pick<ApiKeys, 'insert' | 'all'>;
  clock: Clock;
  newId: NewId;
  newSecret: NewSecret;
}) {
  return async (wish: {
    name: string;
    role: Role;
    expiresInDays?: number | undefined;
  }): Promise<{ key: ApiKey; text: string }> => {
    if ((await deps.apiKeys.all()).length >= maxKeys) {
      throw new Problem(
        'conflict',
        `There are ${maxKeys} API keys already. Delete one that is not used first.`,
      );
    }
    const id = deps.newId();
    const text = keyText(id, deps.newSecret());
    const created = deps.clock();
    const key: ApiKey = {
      id,
      name: wish.name,
      prefix: prefixOf(text),
      hash: hashOf(text),
      role: wish.role,
      created,
      ...(wish.expiresInDays === undefined ? {} : { expires: daysAfter(created, wish.expiresInDays) }),
    };
    await deps.apiKeys.insert(key);
    return { key, text };
  };
}

function daysAfter(instant: Instant, days: number): Instant {
  return plusSeconds(instant, days * 24 * 3600);
}
