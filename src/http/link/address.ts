/** A path of ours with a query; what is `undefined` is left out. */
export function addressOf(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  // Browsers read a path that begins with two slashes, of either kind, as a host.
  const ours = path.replace(/^[/\\]+/, '/');
  return given.length === 0 ? ours : `${ours}?${new URLSearchParams(given)}`;
}

const most = 20;
const longest = 200;
/** What carries the code of a one-time link; the second is what links of a company have it under. */
const codeNames = ['otp', 'link.otp'] as const;
const ours: ReadonlySet<string> = new Set(['lang', 'again', ...codeNames]);

/** The deployer's own parameters of a link, for the placeholders of the return address: few and short. */
export function ownParameters(query: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  const entries = Object.entries(query).flatMap(([name, [value]]) =>
    ours.has(name) || value === undefined || value.length > longest || !/^[\w.-]{1,60}$/.test(name)
      ? []
      : [[name, value] as const],
  );
  return Object.fromEntries(entries.slice(0, most));
}

/** The code of a one-time link, by whichever name the address has it. */
export function codeOf(query: Readonly<Record<string, readonly string[]>>): string | undefined {
  const [code] = codeNames.flatMap((name) => query[name] ?? []);
  return code;
}

/** A link of ours, whole, with a code that makes it work once. */
export function withCode(address: string, code: string, of: 'company' | 'connection'): string {
  return `${address}?${of === 'company' ? 'link.otp' : 'otp'}=${code}`;
}
