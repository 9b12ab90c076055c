import { isDataType } from '../domain/data-types.ts';
import { catalog } from './catalog.ts';
import { familyPrefix } from './families.ts';
import { notRead, reportsNotRead } from './not-read.ts';
import { projections } from './project/projections.ts';
import { reports } from './reports.ts';
import { isReportRead, reportsRead } from './reports-read.ts';
import type { Resource } from './resource.ts';

/** The page `docs/data-types.md`, all of it made from the catalogue: what is read, how, and what it is served as. */
export function dataTypesPage(): string {
  return [
    '# Data types',
    '',
    'Made from the catalogue by `node bin/data-types.ts`; a test fails when it is not up to date.',
    '',
    '## Unified data types',
    '',
    'The first resource gives the records, the others complete them.',
    '',
    '| data type | made of | served |',
    '|---|---|---|',
    ...typeRows(),
    '',
    '## FreshBooks resources',
    '',
    ...rules,
    '',
    '| resource | path | scope | read | deleted rows | served as |',
    '|---|---|---|---|---|---|',
    ...resources.map(resourceRow),
    '',
    '## Reports',
    '',
    'With the scope `user:reports:read`. A report is asked for windows of time, and each is a raw row: its parameters, the',
    'day it is as of, and the report without the token that downloads it.',
    '',
    '| report | path | read | served as |',
    '|---|---|---|---|',
    ...Object.entries(reports).map(
      ([name, { family, path }]) =>
        `| \`${name}\` | \`${familyPrefix(family)}${path}\` | ${howRead(name)} | ${isReportRead(name) ? servedAs(name) : ''} |`,
    ),
    '',
    '## What is not read',
    '',
    'What else FreshBooks is known to have, and why no run asks for it.',
    '',
    '| what | path | scope | why |',
    '|---|---|---|---|',
    ...Object.entries(notRead).map(notReadRow),
    '',
    '## Fields',
    '',
    'Every row is kept as FreshBooks gave it. Below is what of it the unified records show, and why the rest does not',
    'appear there. A field that is in neither list is kept as well, and named in the log.',
    ...resources.flatMap(fieldsOf),
    '',
  ].join('\n');
}

const rules = [
  'How a resource is read:',
  '',
  '- **changes**: the first time all of it; later what changed since the last read, by day, and every deleted row.',
  '- **whole**: all of it each time; what changed shows in the rows. A row counts as gone only when two complete',
  '  lists in a row lack it.',
  '- **one row**: asked for each time.',
];

const resources: readonly (readonly [string, Resource])[] = Object.entries(catalog);

function typeRows(): string[] {
  return Object.entries(projections).map(([type, { from }]) => {
    const made = from.map((name: string) => `\`${name}\``).join(', ');
    return `| \`${type}\` | ${made} | ${isDataType(type) ? 'yes' : 'not yet'} |`;
  });
}

function resourceRow([name, resource]: readonly [string, Resource]): string {
  const optional = resource.optional ? '; may be missing' : '';
  return `| ${[
    `\`${name}\``,
    `\`${familyPrefix(resource.family)}${resource.path}\``,
    `\`user:${resource.scope}:read\``,
    ways[resource.changes] + optional,
    deletions(resource),
    servedAs(name),
  ].join(' | ')} |`;
}

function notReadRow([name, { path, scope, why }]: [string, (typeof notRead)[string]]): string {
  const cells = [`\`${name}\``, path === undefined ? '' : `\`${path}\``];
  return `| ${[...cells, scope === undefined ? '' : `\`user:${scope}:read\``, why].join(' | ')} |`;
}

const whyNotRead: Readonly<Record<string, string>> = reportsNotRead;

function howRead(name: string): string {
  if (!isReportRead(name)) return `not: ${whyNotRead[name]}`;
  const { window, back, past, inOthers } = reportsRead[name];
  const spans = window === 'until today' ? window : `the present ${window} and ${back} before it`;
  const often = past === 'daily' ? ', those once a day' : '';
  return spans + often + currencies[inOthers];
}

const currencies = {
  'all windows': '; each currency',
  'the present one': '; the present one in each currency',
  none: '',
} as const;

const ways = { updated: 'changes', full: 'whole', single: 'one row' } as const;

function deletions({ changes, listsDeleted, goneWhen }: Resource): string {
  if (changes === 'single') return 'none';
  if (goneWhen === 'inactive') return 'no longer active, or gone from the list';
  if (changes === 'updated') return 'a list of their own';
  return listsDeleted ? 'a list of their own, or gone from both' : 'gone from the list';
}

function servedAs(name: string): string {
  const types = Object.entries(projections).filter(([, { from }]) => from.some((one) => one === name));
  return types.length === 0 ? 'raw' : types.map(([type]) => `\`${type}\``).join(', ');
}

function fieldsOf([name, { fates, secrets }]: readonly [string, Resource]): string[] {
  const byReason = new Map<string, string[]>();
  for (const [field, reason] of Object.entries(fates.ignored)) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), field]);
  }
  return [
    '',
    `### ${name}`,
    '',
    ...(fates.mapped.length === 0 ? [] : [`- shown: ${listed(fates.mapped)}`]),
    ...[...byReason].map(([reason, fields]) => `- ${reason}: ${listed(fields)}`),
    ...(secrets.length === 0 ? [] : [`- taken out before the row is kept: ${listed(secrets)}`]),
  ];
}

function listed(fields: readonly string[]): string {
  return fields.map((field) => `\`${field}\``).join(', ');
}
