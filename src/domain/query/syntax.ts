import { Problem } from '../problem.ts';

/** How a property may be compared, longest first: `>=` is not `>` and then `=`. */
const operators = ['!=', '>=', '<=', '=', '~', '>', '<'] as const;
export type Operator = (typeof operators)[number];

/** A query as it was read: comparisons of a property path with a text, joined by and (`all`) and or (`any`). */
export type Query =
  | { kind: 'compare'; path: readonly string[]; operator: Operator; value: string }
  | { kind: 'all'; of: readonly Query[] }
  | { kind: 'any'; of: readonly Query[] };

/** A query is shorter than this; the API it follows has the same limit. */
const tooLong = 2048;
/** Braces inside braces beyond this are a mistake or an attack, not a question. */
const maxDepth = 50;

/** A query that cannot be read. The first words are those that clients of this API know. */
export function malformed(why: string): Problem {
  return new Problem('invalid', `Error parsing query - Malformed query. ${why}`);
}

/**
 * Reads a query:
 *
 *     query := and { "||" and } ;  and := prim { "&&" prim }
 *     prim  := "{" query "}" | path op value
 *     path  := ident { "." ident } ;  op := "=" | "!=" | "~" | ">" | "<" | ">=" | "<="
 *     value := everything up to the next operator or brace, trimmed
 *
 * Throws Problem `invalid` that says what is wrong and where.
 */
export function readQuery(text: string): Query {
  if (text.length >= tooLong) {
    throw malformed(`It has ${text.length} characters and must be shorter than ${tooLong}.`);
  }
  const reader = new QueryReader(decodedOnceMore(text));
  const query = reader.any(0);
  reader.end();
  return query;
}

/** Some clients encode the query twice; a query that has no operator at all but escapes is one of theirs. */
function decodedOnceMore(text: string): string {
  if (/[=~<>]/.test(text) || !/%[0-9A-Fa-f]{2}/.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

class QueryReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  any(depth: number): Query {
    const of = [this.#all(depth)];
    while (this.#take('||')) of.push(this.#all(depth));
    const [only] = of;
    return of.length === 1 && only ? only : { kind: 'any', of };
  }

  end(): void {
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#unexpected('&& or || before it');
  }

  #all(depth: number): Query {
    const of = [this.#one(depth)];
    while (this.#take('&&')) of.push(this.#one(depth));
    const [only] = of;
    return of.length === 1 && only ? only : { kind: 'all', of };
  }

  #one(depth: number): Query {
    if (!this.#take('{')) return this.#comparison();
    if (depth >= maxDepth) throw malformed(`There are more than ${maxDepth} braces inside each other.`);
    const inner = this.any(depth + 1);
    if (!this.#take('}')) throw this.#unexpected('a closing brace }');
    return inner;
  }

  #comparison(): Query {
    const path = this.#path();
    this.#skipSpace();
    const operator = operators.find((candidate) => this.#text.startsWith(candidate, this.#at));
    if (!operator) throw this.#unexpected('one of = != ~ > < >= <=');
    this.#at += operator.length;
    return { kind: 'compare', path, operator, value: this.#value(path) };
  }

  #path(): string[] {
    this.#skipSpace();
    const found = /^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*/.exec(this.#text.slice(this.#at))?.[0];
    if (!found) throw this.#unexpected('the name of a property');
    this.#at += found.length;
    return found.split('.');
  }

  #value(path: readonly string[]): string {
    const found = /^(?:(?!&&|\|\||!=)[^={}~<>])*/.exec(this.#text.slice(this.#at))?.[0] ?? '';
    this.#at += found.length;
    const value = found.trim();
    const name = path.join('.');
    if (value === '')
      throw malformed(`"${name}" is compared with nothing. Write a value after the operator.`);
    if (value.toLowerCase() === 'null') {
      throw malformed(`"${name}" is compared with null, which a query cannot ask for. Leave it out.`);
    }
    return value;
  }

  #take(token: string): boolean {
    this.#skipSpace();
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at += 1;
  }

  #unexpected(wanted: string): Problem {
    const rest = this.#text.slice(this.#at, this.#at + 20);
    const found = rest === '' ? 'it ends' : `there is "${rest}"`;
    return malformed(`At character ${this.#at + 1} ${found} where ${wanted} is expected.`);
  }
}
