import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const compressible = /^text\/|json|svg/;

/** Text is text, so that it can be compressed on its way. */
export type StaticFile = { body: string | Buffer; type: string; immutable: boolean };

/**
 * A file of the built portal by the path below /portal/. A path without an extension is a page of the application,
 * which index.html opens. Undefined when there is no such file, or the path leaves the folder.
 */
export async function readStatic(folder: string, path: string): Promise<StaticFile | undefined> {
  const name = extname(path) === '' ? 'index.html' : normalize(path);
  const type = types[extname(name)];
  if (type === undefined || name.startsWith('..') || name.includes('\0')) return undefined;
  try {
    const bytes = await readFile(join(folder, name));
    const body = compressible.test(type) ? bytes.toString('utf8') : bytes;
    return { body, type, immutable: name.startsWith('assets/') };
  } catch {
    return undefined;
  }
}
