/**
 * What a new resource needs, as texts: its file under `types/` and its row for the catalogue. The name is the
 * resource's everywhere (`credit_notes`): key in the catalogue, plural of the list, prefix of recordings.
 */
export type NewResource = { file: string; content: string; importLine: string; row: string };

/** Throws an Error for a name that cannot be one. */
export function newResource(name: string): NewResource {
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name))
    throw new Error(
      `${name} is no name of a resource: lower case words with _ between them, as in credit_notes`,
    );
  const words = name.split('_');
  const [first = '', ...others] = words;
  const variable = first + others.map(capital).join('');
  const type = capital(variable.replace(/s$/, ''));
  return {
    file: `types/${words.join('-')}.ts`,
    content: content(variable, type),
    importLine: `import { ${variable} } from './types/${words.join('-')}.ts';`,
    row: row(name, variable),
  };
}

/** The catalogue's text with the new row as its last one; throws an Error where it does not find its way about. */
export function withRow(catalog: string, { importLine, row: text }: NewResource): string {
  const end = '\n} as const satisfies Record<string, Resource>;';
  const imports = /(?:^import .*\n)+/m.exec(catalog)?.[0];
  if (imports === undefined || !catalog.includes(end))
    throw new Error('catalog.ts is not as it was: add the row by hand');
  if (catalog.includes(importLine)) throw new Error('catalog.ts has this resource already');
  return catalog.replace(imports, `${imports}${importLine}\n`).replace(end, `\n${text}${end}`);
}

function content(variable: string, type: string): string {
  return `import * as z from 'zod';
import { type RowType, servedRaw, visStates } from './mapping.ts';
import { Id, Text, Whole } from './wire.ts';

/** TODO what one is, and where that is documented; served raw. */
export const ${type} = z.object({ id: Id, updated: Text, vis_state: Whole });
export type ${type} = z.infer<typeof ${type}>;

export const ${variable} = {
  schema: ${type},
  fates: servedRaw([...Object.keys(${type}.shape)], visStates),
} as const satisfies RowType<${type}>;
`;
}

function row(name: string, variable: string): string {
  return `  ${name}: undated('${name}/${name}', {
    plural: '${name}',
    singular: '${name.replace(/s$/, '')}',
    scope: '${name}',
    ...${variable},
  }),`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
