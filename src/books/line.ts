import { Problem } from '../domain/problem.ts';

/**
 * One row of a segment. `body` is the JSON text of the row itself: merging compares and moves rows without ever
 * parsing them. `modified` is there in unified segments only, `change` in raw ones only.
 */
export type Line = {
  id: string;
  hash: string;
  deleted: boolean;
  modified?: string;
  change?: Change;
  body: string;
};

/** The row's latest change: the part of the change log that has it, and the how many-th it is of this row. */
export type Change = { part: string; nth: number };

/** The body of a row of which a read knows only that it is no longer there. */
export const vanishedBody = 'null';

/** `{"id":…,"h":…,"d":…,"m":…,"c":…,"n":…,"r":…}`, without the line's end. */
export function encodeLine(line: Line): string {
  const modified = line.modified === undefined ? '' : `,"m":${JSON.stringify(line.modified)}`;
  const change =
    line.change === undefined ? '' : `,"c":${JSON.stringify(line.change.part)},"n":${line.change.nth}`;
  return `{"id":${JSON.stringify(line.id)},"h":${JSON.stringify(line.hash)},"d":${line.deleted}${modified}${change},"r":${line.body}}`;
}

const text = '"((?:[^"\\\\]|\\\\.)*)"';
const head = new RegExp(
  `^\\{"id":${text},"h":${text},"d":(true|false)(?:,"m":${text})?(?:,"c":${text},"n":(\\d+))?,"r":`,
);

/** Reads what `encodeLine` wrote; throws Problem `broken` on anything else. */
export function decodeLine(written: string): Line {
  const found = head.exec(written);
  const [all, id, hash, deleted, modified, part, nth] = found ?? [];
  if (all === undefined || id === undefined || hash === undefined || !written.endsWith('}')) {
    throw new Problem('broken', 'A segment of the books holds a line that is not as it was written.');
  }
  return {
    id: unescaped(id),
    hash: unescaped(hash),
    deleted: deleted === 'true',
    ...(modified === undefined ? {} : { modified: unescaped(modified) }),
    ...(part === undefined ? {} : { change: { part: unescaped(part), nth: Number(nth) } }),
    body: written.slice(all.length, -1),
  };
}

function unescaped(inner: string): string {
  return inner.includes('\\') ? String(JSON.parse(`"${inner}"`)) : inner;
}

/** The row itself, parsed. */
export function bodyOf(line: Line): Record<string, unknown> {
  const value: unknown = JSON.parse(line.body);
  if (!isRecord(value)) throw new Problem('broken', 'A row of the books is not an object.');
  return value;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
