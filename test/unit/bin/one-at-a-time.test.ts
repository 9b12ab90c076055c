import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { oneAtATime } from '../../../bin/one-at-a-time.ts';

describe('making files that others make too', () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'ledgerlink-making-')), 'dist');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('waits until the other has ended', async () => {
    const said: string[] = [];
    const first = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const one = oneAtATime(folder, async () => {
      started.resolve();
      await first.promise;
      said.push('one');
    });
    await started.promise;
    const two = oneAtATime(folder, async () => said.push('two'));
    first.resolve();
    await Promise.all([one, two]);
    expect(said).toEqual(['one', 'two']);
  });

  it('leaves the way free when the making fails', async () => {
    await expect(oneAtATime(folder, () => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
    expect(await oneAtATime(folder, async () => 'made')).toBe('made');
  });
});
