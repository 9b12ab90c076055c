import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../../..');
const run = promisify(execFile);

/** Builds the portal as it is shipped and answers with the folder. Unchanged sources are built once. */
export async function buildPortal(): Promise<string> {
  const target = join(root, 'dist', `portal-under-test-${digestOfSources()}`);
  if (existsSync(target)) return target;
  const making = `${target}.${process.pid}`;
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const config = join(root, 'portal/vite.config.ts');
  await run(process.execPath, [vite, 'build', '--config', config, '--outDir', making], { cwd: root });
  if (existsSync(target)) rmSync(making, { recursive: true });
  else renameSync(making, target);
  return target;
}

function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const folder of ['portal', 'messages']) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      const path = join(root, folder, file);
      if (statSync(path).isFile()) hash.update(file).update(readFileSync(path));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
