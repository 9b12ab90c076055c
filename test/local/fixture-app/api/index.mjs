// Answers requests by what they ask for, so that each test can say what its function should do.
import { setTimeout as wait } from 'node:timers/promises';

let calls = 0;

export async function handler(event, context) {
  calls += 1;
  const query = event.queryStringParameters ?? {};
  if (query.mode === 'throw') throw new TypeError('thrown on purpose');
  if (query.mode === 'sleep') await wait(Number(query.ms));
  if (query.mode === 'spin') for (;;) JSON.stringify(process.hrtime());
  if (query.mode === 'exit') process.exit(7);
  if (query.mode === 'large') return { statusCode: 200, body: 'x'.repeat(Number(query.bytes)) };
  if (query.mode === 'malformed') return { statusCode: 'many' };
  if (query.mode === 'plain') return { said: 'plainly' };
  if (query.mode === 'binary')
    return {
      statusCode: 200,
      headers: { 'Content-Type': 'image/png' },
      body: Buffer.from([1, 2, 255]).toString('base64'),
      isBase64Encoded: true,
    };
  if (query.mode === 'cookies') return { statusCode: 201, cookies: ['a=1; Path=/', 'b=2; Path=/'], body: '' };
  if (query.mode === 'log') process.stdout.write(`logged ${query.word}\n`);
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      event,
      env: process.env,
      pid: process.pid,
      calls,
      now: Date.now(),
      remaining: context.getRemainingTimeInMillis(),
      context: { ...context },
    }),
  };
}
