import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { digestFiles } from '../digest-files.ts';
import { oneAtATime } from '../one-at-a-time.ts';

const run = promisify(execFile);
const inputs = ['lib', 'bin/cdk.ts', 'cdk.json', 'src/config.ts', 'dist/lambdas', 'package-lock.json'];
const assembly = 'cdk.out';
const stamp = `${assembly}/.inputs`;

/** Synthesises the CDK app when anything that goes into it changed; answers the cloud assembly's folder. */
export async function synthesise(): Promise<string> {
  const now = await digestFiles(inputs);
  await oneAtATime(assembly, async () => {
    if ((await readFile(stamp, 'utf8').catch(() => '')) === now) return;
    await run(process.execPath, ['bin/cdk.ts'], { env: { ...process.env, CDK_OUTDIR: assembly } });
    await writeFile(stamp, now);
  });
  return assembly;
}
