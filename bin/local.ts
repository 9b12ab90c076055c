import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { buildBundles } from './build-bundles.ts';
import { banner } from './local/banner.ts';
import { launch } from './local/launch.ts';
import { BadOption, type Options, readOptions, usage } from './local/options.ts';
import { makeProgress } from './local/progress.ts';
import { leave, readyFileIn, removeReady, runningOn, writeReady } from './local/ready-file.ts';
import { synthesise } from './local/synthesise.ts';

// npm start: build what changed, run the stack and the simulator, link the sample company, say where everything is.
async function main(options: Options): Promise<void> {
  const state = resolve(options.state);
  await mkdir(state, { recursive: true, mode: 0o700 });
  const other = await runningOn(state);
  if (other !== undefined) {
    throw new BadOption(
      `Ledgerlink already runs on ${state} (process ${other}). Stop it, or choose another --state.`,
    );
  }
  const progress = makeProgress();
  progress.step('building the functions and the portal');
  await buildBundles();
  progress.step('synthesising the stack');
  const assemblyDir = await synthesise();
  const running = await launch({ options, state, assemblyDir, progress });
  await writeReady(state, running.ready);
  progress.done();
  console.log(banner(running.ready, running.signInUser, readyFileIn(state)));

  const stop = async () => {
    removeReady(state);
    console.log('\nstopping');
    await running.close();
    leave(state);
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function fail(error: unknown): never {
  const wrong = error instanceof BadOption ? error.message : portInUse(error);
  console.error(wrong === undefined ? error : `${wrong}\nnpm start -- --help lists the options.`);
  process.exit(1);
}

function portInUse(error: unknown): string | undefined {
  const [, port] = /EADDRINUSE.*:(\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
  if (port === undefined) return undefined;
  return `Port ${port} is taken by another program. Choose another with --port N, or any free one with --port 0.`;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(usage);
  else await main(options);
} catch (error) {
  fail(error);
}
