import { CodatAccounting } from '@codat/accounting';
import { CodatPlatform } from '@codat/platform';
import * as z from 'zod';
import { authorization, type Company } from '../api-totals.ts';
import type { ReadyFile } from '../running-stack.ts';

/** The official clients, pointed at a running stack by base URL and key, and the company that they read. */
export type Clients = {
  ready: ReadyFile;
  company: Company;
  platform: CodatPlatform;
  accounting: CodatAccounting;
};

/** The clients with an administrator's key, which the methods about keys need. */
export async function clientsOf(start: ReadyFile): Promise<Clients> {
  const ready = { ...start, apiKey: await adminKey(start) };
  const { authorization: authHeader } = authorization(ready);
  const [company] = ready.companies;
  if (company === undefined) throw new Error('no sample company');
  return {
    ready,
    company,
    platform: new CodatPlatform({
      authHeader,
      serverURL: ready.apiUrl,
      retryConfig: { strategy: 'none' },
    }),
    accounting: new CodatAccounting({
      security: { authHeader },
      serverURL: ready.apiUrl,
      retryConfig: { strategy: 'none', retryConnectionErrors: false },
    }),
  };
}

/** Made as an administrator makes it: signed in. */
async function adminKey({ controlUrl, apiUrl }: ReadyFile): Promise<string> {
  const post = async <T>(url: string, headers: Record<string, string>, body: string, shape: z.ZodType<T>) => {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return shape.parse(await reply.json());
  };
  const { accessToken } = await post(
    `${controlUrl}/sign-in`,
    {},
    '{}',
    z.object({ accessToken: z.string() }),
  );
  const { apiKey } = await post(
    `${apiUrl}/apiKeys`,
    { authorization: `Bearer ${accessToken}` },
    '{"name":"Official clients","role":"admin"}',
    z.object({ apiKey: z.string() }),
  );
  return apiKey;
}

/** A row of a table of methods. `asserts` says what `run` proves. */
export type Method = {
  method: string;
  asserts: string;
  run: (clients: Clients) => Promise<void>;
};
