import type { Objects } from '../app/ports.ts';

/** As many names as one removal takes. */
const batch = 1000;

/** Removes every object whose name begins with `prefix`. */
export async function erasePrefix(objects: Objects, prefix: string): Promise<void> {
  let names: string[] = [];
  for await (const name of objects.list(prefix)) {
    names.push(name);
    if (names.length < batch) continue;
    await objects.remove(names);
    names = [];
  }
  if (names.length > 0) await objects.remove(names);
}
