import { createServer } from 'node:http';

export type Heard = { form: Record<string, string>; signature: string | undefined };

export type Listener = Awaited<ReturnType<typeof startListener>>;

/** Somebody who listens on a free port of this machine; `answers` are the statuses of the next replies, then 200. */
export const startListener = async () => {
  const heard: Heard[] = [];
  const answers: number[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(Buffer.from(part));
    const signature = request.headers['x-freshbooks-hmac-sha256'];
    const form = Object.fromEntries(new URLSearchParams(Buffer.concat(parts).toString('utf8')));
    heard.push({ form, signature: typeof signature === 'string' ? signature : undefined });
    response.writeHead(answers.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    heard,
    answers,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};
