import { parseArgs } from 'node:util';

/** Books the simulator holds; one of them is linked at the first start. */
const bookNames = ['busy-agency', 'tiny', 'messy'] as const;
export type BookName = (typeof bookNames)[number];

export type Options = {
  empty: boolean;
  books: BookName;
  port: number;
  state: string;
  /** Another FreshBooks than the simulator: then no simulator is started and nothing is linked. */
  freshBooks?: { api: string; auth: string };
  publicUrl?: string;
  help: boolean;
};

export const usage = `npm start -- [options]

Runs Ledgerlink whole on this machine: the stack as it would be deployed, and a FreshBooks simulator.

  --empty                 start with nothing set up: you walk the set-up and the link journey in the browser
  --books NAME            which sample books to link: ${bookNames.join(', ')} (default ${bookNames[0]})
  --port N                port of the one origin, 0 for any free one (default 4747)
  --state DIR             where everything is kept (default .local)
  --freshbooks-api URL    another FreshBooks, such as https://api.freshbooks.com: no simulator, nothing linked for you
  --freshbooks-auth URL   where its consent page is, such as https://auth.freshbooks.com
  --public-url URL        origin that FreshBooks and browsers see, when a tunnel stands before this machine
  --help                  this text
`;

/** A wrong option: said in words, without a stack. */
export class BadOption extends Error {}

/** The command line as options; throws `BadOption` with what is wrong and what would be right. */
export function readOptions(words: readonly string[]): Options {
  const given = parse(words);
  const api = given['freshbooks-api'];
  const auth = given['freshbooks-auth'];
  if ((api === undefined) !== (auth === undefined)) {
    throw new BadOption(
      '--freshbooks-api and --freshbooks-auth go together: one serves the data, the other the consent.',
    );
  }
  return {
    empty: given.empty ?? false,
    books: readBooks(given.books ?? bookNames[0]),
    port: readPort(given.port ?? '4747'),
    state: given.state ?? '.local',
    ...(api === undefined || auth === undefined
      ? {}
      : { freshBooks: { api: origin('--freshbooks-api', api), auth: origin('--freshbooks-auth', auth) } }),
    ...(given['public-url'] === undefined ? {} : { publicUrl: origin('--public-url', given['public-url']) }),
    help: given.help ?? false,
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: false,
      options: {
        empty: { type: 'boolean' },
        books: { type: 'string' },
        port: { type: 'string' },
        state: { type: 'string' },
        'freshbooks-api': { type: 'string' },
        'freshbooks-auth': { type: 'string' },
        'public-url': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new BadOption(error instanceof Error ? error.message : String(error));
  }
}

function readBooks(name: string): BookName {
  const book = bookNames.find((known) => known === name);
  if (book === undefined) throw new BadOption(`--books ${name}: there are ${bookNames.join(', ')}.`);
  return book;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new BadOption(`--port ${text}: a whole number from 0 (any free port) to 65535.`);
  }
  return port;
}

function origin(option: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '') {
    throw new BadOption(`${option} ${text}: an origin such as https://api.example.com, with no path.`);
  }
  return url.origin;
}
