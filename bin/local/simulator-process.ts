import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as z from 'zod';

const App = z.object({ clientId: z.string(), clientSecret: z.string() });
const Ready = z.object({ url: z.string(), apps: z.object({ integration: App, viewer: App }) });

export type Simulator = z.infer<typeof Ready> & { close(): Promise<void> };

/** Starts the FreshBooks simulator in a process of its own, on the shared clock, and waits until it listens. */
export async function startSimulator(options: {
  port: number;
  stateDir: string;
  environment: Record<string, string>;
}): Promise<Simulator> {
  const child = spawn(
    process.execPath,
    [
      'simulator/main.ts',
      '--port',
      String(options.port),
      '--state',
      options.stateDir,
      '--ready-json',
      '--with-input',
    ],
    {
      // Its input is never written to: it ends with this process, kill -9 included, and the simulator with it.
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...options.environment },
      // Ctrl-C at the terminal reaches the launcher alone, which then ends its children in order.
      detached: true,
    },
  );
  const ready = await firstLine(child);
  return {
    ...Ready.parse(JSON.parse(ready)),
    close: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('the simulator has no output to read');
  const lines = createInterface({ input: child.stdout });
  const line = once(lines, 'line').then(([text]) => String(text));
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`the simulator ended with code ${code} before it was ready; its message is above`);
  });
  return Promise.race([line, ended]);
}
