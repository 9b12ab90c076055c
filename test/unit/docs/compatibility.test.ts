import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { accountingMethods } from '../../e2e/conformance/accounting-methods.ts';
import type { Method } from '../../e2e/conformance/clients.ts';
import { platformMethods } from '../../e2e/conformance/platform-methods.ts';
import { shouldAccounting, shouldPlatform } from '../../e2e/conformance/should-methods.ts';

const row = (client: string, { method, asserts }: Method) => `| \`${client}\` | \`${method}\` | ${asserts} |`;

const tableOf = (platform: readonly Method[], accounting: readonly Method[]): string =>
  [
    '| client | method | what is asserted |',
    '|---|---|---|',
    ...platform.map((method) => row('platform', method)),
    ...accounting.map((method) => row('accounting', method)),
  ].join('\n');

const tables = [
  ['methods', tableOf(platformMethods, accountingMethods)],
  ['more methods', tableOf(shouldPlatform, shouldAccounting)],
] as const;

describe('docs/compatibility.md', () => {
  it.each(tables)('lists the %s with what the suite asserts of each', async (name, table) => {
    const page = await readFile(join(import.meta.dirname, '../../../docs/compatibility.md'), 'utf8');

    // When it fails: put the received table between the two marks.
    expect(page.split(`<!-- ${name} -->\n`)[1]?.split(`\n<!-- /${name} -->`)[0]).toBe(table);
  });
});
