import type { Objects } from '../../src/app/ports.ts';
import { servicesDown } from '../../src/domain/problem.ts';
import type { Sandbox } from './sandbox.ts';

/** What the adapters say when AWS has too much to do. */
function throttled(): Error {
  return servicesDown(new Error('Rate exceeded'));
}

/** A port as one process has it: every method is a boundary, and answers a promise. */
export function decorate<T extends object>(port: T, name: string, sandbox: Sandbox): T {
  return new Proxy(port, {
    get(target, key) {
      const method: unknown = Reflect.get(target, key);
      if (typeof method !== 'function') return method;
      return (...words: unknown[]): unknown => {
        const call = (): unknown => Reflect.apply(method, target, words);
        return sandbox.cross(`${name}.${String(key)}`, async () => call(), throttled);
      };
    },
  });
}

/** One call that is a port of its own. */
export function decorateCall<W extends readonly unknown[], T>(
  call: (...words: W) => Promise<T>,
  at: string | ((...words: W) => string),
  sandbox: Sandbox,
  fail: () => Error = throttled,
): (...words: W) => Promise<T> {
  return (...words) => sandbox.cross(typeof at === 'string' ? at : at(...words), () => call(...words), fail);
}

/** Objects as one process has them: a listing is one call, whose names come when it is done. */
export function decorateObjects(objects: Objects, sandbox: Sandbox): Objects {
  const names = (prefix: string): Promise<string[]> =>
    sandbox.cross('objects.list', () => collected(objects.list(prefix)), throttled);
  return {
    ...decorate({ put: objects.put, get: objects.get, remove: objects.remove }, 'objects', sandbox),
    list: async function* (prefix) {
      yield* await names(prefix);
    },
  };
}

async function collected(names: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const name of names) all.push(name);
  return all;
}
