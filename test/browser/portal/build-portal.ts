import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../../..');
const run = promisify(execFile);

/** Builds the portal as it is shipped and answers with the folder. Unchanged sources are built once. */
export async function buildPortal(): Promise<string> {
  const folder = join(root, 'dist/portal-under-test');
  const digest = digestOfSources();
  const target = join(folder, digest);
  if (existsSync(target)) return target;
  const making = `${target}.${process.pid}`;
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const config = join(root, 'portal/vite.config.ts');
  // The test runner's own NODE_ENV would make it another build than the one that is shipped.
  const env = { ...process.env, NODE_ENV: 'production' };
  await run(process.execPath, [vite, 'build', '--config', config, '--outDir', making], { cwd: root, env });
  if (existsSync(target)) rmSync(making, { recursive: true });
  else renameSync(making, target);
  sweep(folder);
  return target;
}

/** Takes away builds of sources that are gone; one that is younger may be in use by a run beside this one. */
function sweep(folder: string): void {
  const dayAgo = Date.now() - 86_400_000;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).mtimeMs < dayAgo) rmSync(path, { recursive: true, force: true });
  }
}

function digestOfSources(): string {
  const hash = createHash('sha256');
  const portal = readdirSync(join(root, 'portal'), { recursive: true, encoding: 'utf8' });
  const texts = ['messages/en/portal.json', 'messages/fr-CA/portal.json'];
  for (const file of [...portal.map((name) => join('portal', name)), ...texts].toSorted()) {
    const path = join(root, file);
    if (statSync(path).isFile()) hash.update(file).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
}
