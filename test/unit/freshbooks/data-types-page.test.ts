import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readScopes } from '../../../src/domain/scopes.ts';
import { catalog } from '../../../src/freshbooks/catalog.ts';
import { dataTypesPage } from '../../../src/freshbooks/data-types-page.ts';
import { notRead } from '../../../src/freshbooks/not-read.ts';
import { replayBody } from '../../../src/freshbooks/replay.ts';
import type { Resource } from '../../../src/freshbooks/resource.ts';

describe('docs/data-types.md', () => {
  it('says what the catalogue says; `node bin/data-types.ts` brings it up to date', async () => {
    const written = await readFile(join(import.meta.dirname, '../../../docs/data-types.md'), 'utf8');

    expect(written).toBe(dataTypesPage());
  });
});

describe('what is not read', () => {
  const recordings = join(import.meta.dirname, '../../../../shared/fixtures/freshbooks');

  (existsSync(recordings) ? it : it.skip)(
    'has its reason, for every recorded body (where they are at hand)',
    async () => {
      const unexplained: string[] = [];
      for (const file of await readdir(recordings)) {
        if (!file.endsWith('.json')) continue;
        const [name = ''] = file.split('__');
        const body = await readFile(join(recordings, file), 'utf8');
        const isOther = (await replayBody(name, body)).startsWith('other resource');
        const names = [name, ...Object.keys(Object(JSON.parse(body)))];
        if (isOther && !names.some((one) => Object.hasOwn(notRead, one))) unexplained.push(file);
      }

      expect(unexplained).toEqual([]);
    },
  );

  it('is no row of the catalogue', () => {
    expect(Object.keys(notRead).filter((name) => Object.hasOwn(catalog, name))).toEqual([]);
  });
});

describe('the catalogue', () => {
  const resources: readonly Resource[] = Object.values(catalog);

  it('reads something with each of the twenty scopes but that of the reports', () => {
    const scopes = new Set(resources.map(({ scope }) => `user:${scope}:read`));

    expect(readScopes.filter((scope) => !scopes.has(scope))).toEqual(['user:reports:read']);
    expect([...scopes].filter((scope) => !readScopes.includes(scope))).toEqual([]);
  });

  it('says of each field of a row one thing only', () => {
    for (const [name, { fates }] of Object.entries(catalog)) {
      const mapped: readonly string[] = fates.mapped;
      const twice = mapped.filter((field) => Object.hasOwn(fates.ignored, field));
      expect({ name, twice }).toEqual({ name, twice: [] });
    }
  });
});
