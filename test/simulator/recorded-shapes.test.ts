import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isRow, type Json, parseJson, type Row } from '../../simulator/json.ts';
import { type DocumentedName, documented } from './documented-fields.ts';

// The recorded bodies are not part of the repository; where they are at hand, the tables are held against them.
const recorded = join(process.cwd(), '..', 'shared', 'fixtures', 'freshbooks');

const keys: readonly (readonly [DocumentedName, one: string, many: string, besides?: readonly string[]])[] = [
  ['items', 'item', 'items'],
  ['tasks', 'task', 'tasks', ['project_default']],
  ['estimates', 'estimate', 'estimates', ['lines']],
  ['invoice_profiles', 'invoice_profile', 'invoice_profiles', ['lines']],
  ['other_income', 'other_income', 'other_income'],
  ['projects', 'project', 'projects'],
  ['services', 'service', 'services'],
  ['service_rates', 'service_rate', 'service_rates'],
  ['retainers', 'retainer', 'retainers'],
  ['expense_summaries', 'summary', 'summaries'],
  ['team_members', 'response', 'response'],
  ['team_member_rates', 'team_member_rate', 'team_member_rates'],
  ['journal_entry_details', 'journal_entry_detail', 'journal_entry_details'],
  ['journal_entry_accounts', 'journal_entry_account', 'journal_entry_accounts'],
  ['ledger_accounts', 'data', 'data'],
];

// The SDK's own unit tests and hand-written bodies are not the wire.
const isWire = (file: string): boolean => !file.includes('nodesdk') && !file.includes('synthetic');

/** The rows under a key, wherever in the reply the key is. */
const under = (json: Json, wanted: readonly string[]): readonly Row[] => {
  if (!isRow(json)) return [];
  return Object.entries(json).flatMap(([key, value]) => {
    if (!wanted.includes(key)) return under(value, wanted);
    if (isRow(value)) return [value];
    return Array.isArray(value) ? value.filter(isRow) : [];
  });
};

const rowsOf = (resource: string, wanted: readonly string[]): readonly Row[] =>
  readdirSync(recorded)
    .filter((file) => file.startsWith(`${resource}__`) && isWire(file))
    .flatMap((file) => under(parseJson(readFileSync(join(recorded, file), 'utf8')), wanted));

(existsSync(recorded) ? describe : describe.skip)(
  'recorded bodies of §3A.3 to §3A.21 (skipped where the recordings are absent)',
  () => {
    it.each(keys)('%s: every recorded key is documented', (resource, one, many, besides = []) => {
      const rows = rowsOf(resource, [one, many]);
      const known = new Set([...documented[resource].keys(), ...besides]);

      expect(rows.length).toBeGreaterThan(0);
      expect([...new Set(rows.flatMap((row) => Object.keys(row)))].filter((key) => !known.has(key))).toEqual(
        [],
      );
    });

    it.each(keys)(
      '%s: what is documented as always there is in every recorded row',
      (resource, one, many) => {
        const always = [...documented[resource]]
          .filter(([, kind]) => !kind.includes('*'))
          .map(([field]) => field);
        const absent = rowsOf(resource, [one, many]).flatMap((row) =>
          always.filter((field) => !(field in row)),
        );

        expect([...new Set(absent)]).toEqual([]);
      },
    );
  },
);
