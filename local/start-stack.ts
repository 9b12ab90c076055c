import { fork } from 'node:child_process';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { FromEngine, type Ready, type ToEngine } from './engine/messages.ts';

export interface StartOptions {
  /** The folder `cdk synth` wrote. */
  readonly assemblyDir: string;
  /** Which stack of it; may be left out when there is one. */
  readonly stackName?: string;
  /** Where everything that must survive is kept. */
  readonly stateDir: string;
  /** 0, or left out: any free port. */
  readonly ports?: {
    readonly origin?: number;
    readonly aws?: number;
    readonly signIn?: number;
    readonly control?: number;
  };
  /** Values for the template's Parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Where people reach the origin from outside, such as a tunnel's URL. */
  readonly publicUrl?: string;
  /** Variables for every process, such as NODE_OPTIONS with a preload. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly onLog?: (line: string) => void;
}

/** A stack that runs on this machine. */
export interface RunningStack extends Ready {
  /** The engine's process. */
  readonly pid: number;
  /** The file that every process of the stack tells the time by (for LEDGERLINK_CLOCK_FILE of other processes). */
  readonly clockFile: string;
  /** Resolves when the engine is gone, whether it was closed or died. */
  readonly exited: Promise<void>;
  /** An access token as a person who signs in gets it, for scripts without a browser. */
  signIn(): Promise<{ accessToken: string }>;
  close(): Promise<void>;
}

const Token = z.object({ accessToken: z.string() });
const PRELOAD = new URL('./clock/preload.mjs', import.meta.url).href;
const ENGINE = new URL('./engine/main.ts', import.meta.url);
const CLOSE_LIMIT_MS = 10_000;

async function signIn(controlUrl: string): Promise<{ accessToken: string }> {
  const reply = await fetch(`${controlUrl}/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  return Token.parse(await reply.json());
}

/**
 * Runs a synthesised stack on this machine, in processes of its own that end with this one.
 *
 * @throws with the sentence of the refusal when the template holds something that is not understood
 */
export async function startStack(options: StartOptions): Promise<RunningStack> {
  const { onLog, ...rest } = options;
  const stateDir = resolve(options.stateDir);
  const clockFile = join(stateDir, 'clock.json');
  const child = fork(ENGINE, [], {
    // In a group of its own, so that a Ctrl-C in the terminal reaches the launcher alone.
    detached: true,
    execArgv: ['--import', PRELOAD, '--disable-warning=ExperimentalWarning'],
    env: { ...process.env, ...options.environment, LEDGERLINK_CLOCK_FILE: clockFile },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = new Promise<void>((done) => child.once('exit', () => done()));
  const tell = (message: ToEngine) => child.connected && child.send(message);
  const close = async () => {
    tell({ kind: 'stop' });
    const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_LIMIT_MS);
    await exited;
    clearTimeout(timer);
  };
  const ready = await new Promise<Ready>((done, fail) => {
    child.once('exit', (code) => fail(new Error(`the engine ended before it was ready (exit code ${code})`)));
    child.on('message', (raw) => {
      const message = FromEngine.parse(raw);
      if (message.kind === 'ready') done(message.ready);
      if (message.kind === 'failed') fail(new Error(message.message));
      if (message.kind === 'log') onLog?.(message.line);
    });
    const assemblyDir = resolve(options.assemblyDir);
    tell({
      kind: 'start',
      options: { ports: {}, parameters: {}, environment: {}, ...plain(rest), assemblyDir, stateDir },
    });
  }).catch(async (error: unknown) => {
    child.kill('SIGKILL');
    await exited;
    throw error;
  });
  return { ...ready, pid: child.pid ?? 0, clockFile, exited, close, signIn: () => signIn(ready.controlUrl) };
}

/** The same values without the promise not to change them, as the message's schema has it. */
function plain({ ports, parameters, environment, ...rest }: Omit<StartOptions, 'onLog'>) {
  return {
    ...rest,
    ...(ports === undefined ? {} : { ports: { ...ports } }),
    ...(parameters === undefined ? {} : { parameters: { ...parameters } }),
    ...(environment === undefined ? {} : { environment: { ...environment } }),
  };
}
