import { type Cursor, markOf } from './cursor.ts';
import { seesAll } from './person.ts';
import type { Reading } from './reading.ts';

/** More rows than this that are gone at once are not believed: an answer that lost most of a list looks the same. */
const believable = (held: number): number => Math.max(20, held * 0.05);

/** What a whole look at a resource found: every row that FreshBooks has, whatever its state. */
export type WholeLook = { steady: boolean; ids: ReadonlySet<string>; hidden: number };

/** What became of rows that are held and that FreshBooks no longer lists; the marks are for the next cursor. */
export type Missing = Pick<Cursor, 'person' | 'doubt'> & {
  vanished: readonly string[];
  warnings: readonly string[];
};

/**
 * A row counts as vanished only when a whole list that stood still lacks it, no row is hidden from us, a second such
 * list agrees, and the person who reads sees every row, or saw this one before and has the same role still. Very many
 * at once have to be missing in the next run as well. `person` is who read `first`, asked before it; `undefined`: the
 * deadline came before the second look.
 */
export async function missingRows(
  reading: Reading,
  { first, person }: { first: WholeLook; person: string },
  heldIds: () => Promise<ReadonlySet<string>>,
  lookAgain: () => Promise<WholeLook | undefined>,
): Promise<Missing | undefined> {
  const before = reading.since?.person ?? '';
  const kept = { vanished: [], warnings: [], person: before, doubt: '' };
  if (first.hidden > 0) return kept;
  const held = await heldIds();
  const missing = [...held].filter((id) => !first.ids.has(id));
  if (missing.length === 0) return { ...kept, person: await sawAllOf(reading, person) };
  if (person !== seesAll && (person === '' || person !== before))
    return { ...kept, warnings: [otherRole(reading, missing.length)] };
  const mark = markOf(missing);
  const unlikely = missing.length > believable(held.size);
  if (unlikely && reading.since?.doubt !== mark)
    return { ...kept, doubt: mark, warnings: [tooMany(reading, missing.length)] };

  const between = await reading.askPerson();
  const second = await lookAgain();
  if (second === undefined) return undefined;
  if (between !== person || (await reading.askPerson()) !== person)
    return { ...kept, warnings: [otherRole(reading, missing.length)] };
  if (!second.steady || second.hidden > 0) return { ...kept, doubt: unlikely ? mark : '' };
  return { ...kept, person, vanished: missing.filter((id) => !second.ids.has(id)) };
}

/**
 * Who is known to see all that is held after this read. Of a lesser role that is only known when one worker alone read,
 * after the rows were held, missed none of them, and has that role still.
 */
async function sawAllOf({ since, resumed, askPerson }: Reading, person: string): Promise<string> {
  if (person === seesAll) return person;
  if (since === undefined || resumed) return '';
  const known = person === since.person || (await askPerson()) === person;
  return known ? person : since.person;
}

function tooMany({ subject }: Reading, count: number): string {
  return `${subject}: ${count} rows are missing at once; they are kept until the next read finds the same`;
}

function otherRole({ subject }: Reading, count: number): string {
  return `${subject}: ${count} rows are missing, and the person who reads has another role than before; they are kept`;
}
