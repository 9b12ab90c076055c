import { FromEngine, ToEngine } from './messages.ts';
import { type Running, runStack } from './run-stack.ts';

/** The engine's own process: it lives as long as the launcher that forked it holds the channel. */
let running: Running | undefined;

function tell(message: FromEngine): void {
  if (!process.connected) return;
  // A launcher that dies while it is told something needs no more telling.
  process.send?.(FromEngine.parse(message), undefined, undefined, () => undefined);
}

const say = (line: string) => tell({ kind: 'log', line });

// The launcher decides what a signal means; a Ctrl-C in its terminal must not end the engine under it.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
// The launcher is gone: the children notice the end of this process by their own pipes.
process.on('disconnect', () => process.exit(0));

async function obey(message: ToEngine): Promise<void> {
  if (message.kind === 'stop') {
    await running?.close();
    process.exit(0);
  }
  try {
    running = await runStack(message.options, say);
    tell({ kind: 'ready', ready: running.ready });
  } catch (error) {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

process.on('message', (message) => void obey(ToEngine.parse(message)));
