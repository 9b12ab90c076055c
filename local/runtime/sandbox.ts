import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { createInterface } from 'node:readline';
import { sessionTokenOf } from '../aws/verify-signature.ts';
import { failure, type LambdaFunction, type Outcome } from './lambda-function.ts';

const INIT_LIMIT_MS = 10_000;

export interface Machine {
  readonly runtimeApi: string;
  readonly awsUrl: string;
  readonly region: string;
  readonly clockFile: string;
  /** Variables for every process, such as NODE_OPTIONS with a preload of a test. */
  readonly environment: Readonly<Record<string, string>>;
  readonly now: () => number;
  readonly onLine: (sandbox: Sandbox, line: string) => void;
  readonly onStart: (pid: number) => void;
  readonly onExit: (sandbox: Sandbox) => void;
}

export interface Invocation {
  readonly id: string;
  readonly payload: string;
  readonly done: (outcome: Outcome) => void;
}

const PRELOAD = new URL('../clock/preload.mjs', import.meta.url).href;
const BOOTSTRAP = new URL('./bootstrap.mjs', import.meta.url).pathname;

function environmentOf(
  fn: LambdaFunction,
  id: string,
  stream: string,
  machine: Machine,
): Record<string, string> {
  const endpoints = [
    'DYNAMODB',
    'SQS',
    'S3',
    'KMS',
    'SECRETS_MANAGER',
    'STS',
    'EVENTBRIDGE',
    'CLOUDWATCH',
    'CLOUDWATCH_LOGS',
    'SSM',
    'SCHEDULER',
    'SNS',
    'LAMBDA',
  ];
  return {
    ...fn.variables,
    ...Object.fromEntries(endpoints.map((service) => [`AWS_ENDPOINT_URL_${service}`, machine.awsUrl])),
    AWS_ENDPOINT_URL: machine.awsUrl,
    AWS_REGION: machine.region,
    AWS_DEFAULT_REGION: machine.region,
    AWS_ACCESS_KEY_ID: fn.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: fn.credentials.secretAccessKey,
    AWS_SESSION_TOKEN: sessionTokenOf(fn.credentials, id),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: fn.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: stream,
    AWS_LAMBDA_RUNTIME_API: `${machine.runtimeApi}/${id}`,
    LAMBDA_TASK_ROOT: fn.folder,
    _HANDLER: fn.handler,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    LEDGERLINK_CLOCK_FILE: machine.clockFile,
    ...machine.environment,
  };
}

/** One process that runs one function, one invocation at a time. */
export class Sandbox {
  readonly id = randomUUID();
  readonly fn: LambdaFunction;
  readonly stream: string;
  readonly pid: number;
  readonly #machine: Machine;
  readonly #child: ChildProcess;
  #waiting: ServerResponse | undefined;
  #current: Invocation | undefined;
  #timer: NodeJS.Timeout | undefined;
  #alive = true;
  #ready = false;

  constructor(fn: LambdaFunction, machine: Machine) {
    this.fn = fn;
    this.#machine = machine;
    const day = new Date(machine.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    this.stream = `${day}/[$LATEST]${this.id.replaceAll('-', '')}`;
    const flags = [`--max-old-space-size=${fn.memoryMb}`, '--import', PRELOAD, BOOTSTRAP];
    this.#child = spawn(process.execPath, flags, {
      cwd: fn.folder,
      env: environmentOf(fn, this.id, this.stream, machine),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.pid = this.#child.pid ?? 0;
    machine.onStart(this.pid);
    this.#child.on('error', () => this.#ended('could not be started'));
    this.#child.on('exit', (code, signal) =>
      this.#ended(
        signal ? `signal: ${signal === 'SIGKILL' ? 'killed' : signal}` : `exit status ${code ?? 1}`,
      ),
    );
    for (const output of [this.#child.stdout, this.#child.stderr]) {
      if (output) createInterface({ input: output }).on('line', (line) => machine.onLine(this, line));
    }
  }

  get state(): 'starting' | 'idle' | 'busy' | 'dead' {
    if (!this.#alive) return 'dead';
    if (this.#current) return 'busy';
    return this.#ready ? 'idle' : 'starting';
  }

  /** Gives the sandbox its next invocation; it must not have one. */
  invoke(invocation: Invocation): void {
    this.#current = invocation;
    if (!this.#alive) this.#finish(failure('Runtime.ExitError', 'the sandbox has ended'));
    else if (this.#waiting) this.#deliver(this.#waiting, invocation);
    else this.#timer = setTimeout(() => this.#expire(INIT_LIMIT_MS), INIT_LIMIT_MS);
  }

  /** The runtime asks for work: it gets some at once, or when there is some. */
  next(response: ServerResponse): void {
    this.#ready = true;
    if (this.#current) this.#deliver(response, this.#current);
    else this.#waiting = response;
  }

  /** The runtime says how the current invocation ended. */
  settle(invocationId: string, outcome: Outcome): void {
    if (this.#current?.id === invocationId) this.#finish(outcome);
  }

  /** The handler could not be loaded: the invocation that started this sandbox fails. */
  initFailed(outcome: Outcome): void {
    this.#finish(outcome);
    this.kill();
  }

  kill(): void {
    // Nothing new is given to it while it dies.
    this.#alive = false;
    this.#child.kill('SIGKILL');
  }

  #deliver(response: ServerResponse, invocation: Invocation): void {
    clearTimeout(this.#timer);
    this.#waiting = undefined;
    this.#timer = setTimeout(() => this.#expire(this.fn.timeoutMs), this.fn.timeoutMs);
    response.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.id,
      'lambda-runtime-deadline-ms': String(Math.round(this.#machine.now() + this.fn.timeoutMs)),
      'ledgerlink-remaining-ms': String(this.fn.timeoutMs),
      'lambda-runtime-invoked-function-arn': this.fn.arn,
    });
    response.end(invocation.payload);
  }

  #expire(limitMs: number): void {
    const id = this.#current?.id ?? '';
    const text = `Task timed out after ${(limitMs / 1000).toFixed(2)} seconds`;
    this.#machine.onLine(this, `${new Date(this.#machine.now()).toISOString()} ${id} ${text}`);
    this.#finish(failure('Sandbox.Timedout', `RequestId: ${id} Error: ${text}`));
    this.kill();
  }

  #ended(how: string): void {
    const id = this.#current?.id;
    this.#alive = false;
    if (id !== undefined) {
      const text = `RequestId: ${id} Error: Runtime exited with error: ${how}`;
      this.#machine.onLine(this, text);
      this.#finish(failure('Runtime.ExitError', text));
    }
    this.#machine.onExit(this);
  }

  #finish(outcome: Outcome): void {
    const current = this.#current;
    clearTimeout(this.#timer);
    this.#current = undefined;
    current?.done(outcome);
  }
}
