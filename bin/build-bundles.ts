import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Functions in lambdas/, each a folder with an index.ts. */
export const functionFolders = ['setup', 'oauth', 'api', 'scheduler', 'sync-worker', 'portal'] as const;

/** Where the bundles and the portal's files go; `lib/` reads its assets there. */
export const bundlesFolder = 'dist/lambdas';
const portalFolder = 'dist/portal';
const portalSources = ['portal', 'messages', 'package-lock.json'];

/**
 * Builds every function's bundle (a second) and the portal (when its sources changed since the last build).
 * CommonJS with ES-module sources inside starts fastest on Node 24: see docs/adr/0003.
 */
export async function buildBundles(say: (line: string) => void = () => {}): Promise<void> {
  await Promise.all([buildFunctions(), buildPortal(say)]);
  await cp(portalFolder, join(bundlesFolder, 'portal', 'files'), { recursive: true });
}

async function buildFunctions(): Promise<void> {
  await rm(bundlesFolder, { recursive: true, force: true });
  await build({
    entryPoints: functionFolders.map((folder) => ({
      in: `lambdas/${folder}/index.ts`,
      out: `${folder}/index`,
    })),
    outdir: bundlesFolder,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    legalComments: 'none',
    logLevel: 'warning',
  });
  // Without it the repository's own "type": "module" would rule over the bundles where they run in place.
  await Promise.all(
    functionFolders.map((folder) =>
      writeFile(join(bundlesFolder, folder, 'package.json'), '{"type":"commonjs"}\n'),
    ),
  );
}

async function buildPortal(say: (line: string) => void): Promise<void> {
  const stamp = join(portalFolder, '.sources');
  const sources = await digest(portalSources);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === sources) return;
  say('building the portal');
  const vite = await import('vite');
  await vite.build({ configFile: 'portal/vite.config.ts', logLevel: 'warn' });
  await mkdir(portalFolder, { recursive: true });
  await writeFile(stamp, sources);
}

/** One hash over the names and contents of files and folders. */
async function digest(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await filesUnder(paths)) hash.update(path).update(await readFile(path));
  return hash.digest('hex');
}

async function filesUnder(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
    if (entries === undefined) found.push(path);
    else
      found.push(
        ...entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)),
      );
  }
  return found.sort();
}
