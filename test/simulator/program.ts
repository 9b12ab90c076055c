import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Json } from '../../simulator/json.ts';
import { parseJson, type Row } from '../../simulator/json.ts';
import { rowWithin } from './harness.ts';

/** The simulator as a process of its own, as `npm run simulator` starts it. */
export const startProgram = async (...args: readonly string[]) => {
  const child = spawn(process.execPath, ['simulator/main.ts', '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  await once(reader, 'line');
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  const ready = (): Row => {
    const parsed: Json = parseJson(lines[0] ?? '{}');
    return rowWithin(parsed);
  };
  return { lines, ready, end };
};
