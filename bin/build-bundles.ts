import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { digestFiles } from './digest-files.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** Functions in lambdas/, each a folder with an index.ts. */
export const functionFolders = [
  'setup',
  'oauth',
  'api',
  'scheduler',
  'sync-worker',
  'webhook-in',
  'event-sender',
  'portal',
] as const;

/** Where the bundles and the portal's files go; `lib/` reads its assets there. */
export const bundlesFolder = 'dist/lambdas';
const portalFolder = 'dist/portal';
const portalSources = ['portal', 'messages', 'package-lock.json'];
const functionSources = ['lambdas', 'src', ...portalSources];

/**
 * Builds the functions' bundles and the portal, each only when its sources changed since it was built last.
 * CommonJS with ES-module sources inside starts fastest on Node 24: see docs/adr/0003.
 */
export async function buildBundles(say: (line: string) => void = () => {}): Promise<void> {
  await oneAtATime('dist', async () => {
    await whenChanged(portalFolder, portalSources, async () => {
      say('building the portal');
      await buildPortal();
    });
    await whenChanged(bundlesFolder, functionSources, buildFunctions);
  });
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
  await cp(portalFolder, join(bundlesFolder, 'portal', 'files'), { recursive: true });
}

async function buildPortal(): Promise<void> {
  const vite = await import('vite');
  await vite.build({ configFile: 'portal/vite.config.ts', logLevel: 'warn' });
}

/** Makes the folder anew when what it is made of changed; the stamp in it goes last, so half a folder is made again. */
async function whenChanged(
  folder: string,
  sources: readonly string[],
  make: () => Promise<void>,
): Promise<void> {
  const stamp = join(folder, '.sources');
  const now = await digestFiles(sources);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === now) return;
  await make();
  await mkdir(folder, { recursive: true });
  await writeFile(stamp, now);
}
