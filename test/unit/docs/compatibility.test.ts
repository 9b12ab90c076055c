import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { accountingMethods } from '../../e2e/conformance/accounting-methods.ts';
import type { Method } from '../../e2e/conformance/clients.ts';
import { platformMethods } from '../../e2e/conformance/platform-methods.ts';

const row = (client: string, { method, asserts }: Method) => `| \`${client}\` | \`${method}\` | ${asserts} |`;

const table = [
  '| client | method | what is asserted |',
  '|---|---|---|',
  ...platformMethods.map((method) => row('platform', method)),
  ...accountingMethods.map((method) => row('accounting', method)),
].join('\n');

describe('docs/compatibility.md', () => {
  it('lists every method with what the suite asserts of it', async () => {
    const page = await readFile(join(import.meta.dirname, '../../../docs/compatibility.md'), 'utf8');

    // When it fails: put the received table between the two marks.
    expect(/<!-- methods -->\n(.*)\n<!-- \/methods -->/s.exec(page)?.[1]).toBe(table);
  });
});
