// What runs inside a sandbox: loads the function's handler and works through the Lambda Runtime API, as the
// nodejs24.x runtime does. Only handlers that return (a promise of) a result: callbacks ended with Node 24.

import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

delete process.env['LEDGERLINK_CLOCK_FILE'];
const api = process.env['AWS_LAMBDA_RUNTIME_API'] ?? '';
const [authority = '', ...prefix] = api.split('/');
const [host, port] = authority.split(':');
const root = `/${[...prefix, '2018-06-01', 'runtime'].join('/')}`;
const agent = new Agent({ keepAlive: true });

// The engine holds the other end: when it dies, however it dies, this ends too.
process.stdin
  .on('end', () => process.exit(0))
  .on('error', () => process.exit(0))
  .resume();

function call(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host, port, agent, method, path: `${root}${path}`, headers }, (reply) => {
      const chunks = [];
      reply.on('data', (chunk) => chunks.push(chunk));
      reply.on('error', reject);
      reply.on('end', () => resolve({ headers: reply.headers, body: Buffer.concat(chunks) }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function errorBody(error) {
  const known = error instanceof Error ? error : new Error(String(error));
  return JSON.stringify({
    errorType: known.name || 'Error',
    errorMessage: known.message,
    trace: (known.stack ?? '').split('\n'),
  });
}

async function loadHandler() {
  const [file, name] = (process.env['_HANDLER'] ?? '').split(/\.(?=[^.]+$)/);
  const base = join(process.env['LAMBDA_TASK_ROOT'] ?? '', file ?? '');
  const path = ['.js', '.mjs', '.cjs'].map((end) => `${base}${end}`).find((each) => existsSync(each));
  if (!path)
    throw Object.assign(new Error(`Cannot find module '${file}'`), { name: 'Runtime.ImportModuleError' });
  const module = path.endsWith('.mjs') ? await import(pathToFileURL(path).href) : createRequire(path)(path);
  const handler = module[name ?? ''];
  if (typeof handler === 'function') return handler;
  throw Object.assign(new Error(`${file}.${name} is undefined or not exported`), {
    name: 'Runtime.HandlerNotFound',
  });
}

function contextOf(headers, end) {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: process.env['AWS_LAMBDA_FUNCTION_VERSION'],
    functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'],
    memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
    logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'],
    logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'],
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    // Monotonic: moving the shared clock neither shortens nor lengthens an invocation.
    getRemainingTimeInMillis: () => Math.max(0, Math.round(end - performance.now())),
  };
}

async function invoke(handler, next) {
  const id = next.headers['lambda-runtime-aws-request-id'];
  // What is left is told as well as the deadline: the shared clock may have been moved since.
  const left = Number(next.headers['ledgerlink-remaining-ms']);
  const context = contextOf(next.headers, performance.now() + left);
  try {
    const result = await handler(JSON.parse(next.body.toString('utf8')), context);
    const body = Buffer.from(JSON.stringify(result) ?? 'null');
    await call('POST', `/invocation/${id}/response`, body, { 'content-length': body.length });
  } catch (error) {
    // The runtime writes what a handler threw into the function's log.
    console.error(`${id}\tERROR\tInvoke Error\t${errorBody(error)}`);
    await call('POST', `/invocation/${id}/error`, errorBody(error));
  }
}

async function main() {
  let handler;
  try {
    handler = await loadHandler();
  } catch (error) {
    console.error(`undefined\tERROR\tUncaught Exception\t${errorBody(error)}`);
    await call('POST', '/init/error', errorBody(error));
    process.exit(1);
  }
  for (;;) await invoke(handler, await call('GET', '/invocation/next'));
}

main().catch(() => process.exit(1));
