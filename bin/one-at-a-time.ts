import { mkdir } from 'node:fs/promises';
import { lock } from 'proper-lockfile';

const twoMinutes = { retries: 1200, factor: 1, minTimeout: 100 };

/**
 * Does `make` while no other process makes things in `folder`: two starts at once would write over each other's files.
 * Waits for the other; one that was killed is not waited for beyond some seconds.
 */
export async function oneAtATime<T>(folder: string, make: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true });
  const release = await lock(folder, { retries: twoMinutes, lockfilePath: `${folder}/.making` });
  try {
    return await make();
  } finally {
    await release();
  }
}
