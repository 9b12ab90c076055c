import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Json, type Row, rowsOf, textOf } from '../../simulator/json.ts';
import { integrationId, viewerId } from '../../simulator/oauth/apps.ts';
import { asked, redirectUri } from './consent.ts';
import { accounts, call, people, rowWithin, startBench, within } from './harness.ts';
import { startProgram } from './program.ts';

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'simulator-'));
});
afterEach(() => {
  rmSync(state, { recursive: true, force: true });
});

const api = (url: string, token: string, path: string) =>
  call('GET', `${url}/accounting/account/${accounts.tiny}/${path}`, { token });

describe('a restart on the same state', () => {
  it('keeps rows, tokens, codes, apps, switches, faults, hidden rows and the clock', async () => {
    const first = await startBench({ stateDir: state });
    await first.control('PUT', `/apps/${viewerId}`, { redirectUris: [redirectUri] });
    await first.api('PUT', 'users/clients/210001', { body: { client: { note: 'kept' } } });
    await first.api('DELETE', 'taxes/taxes/218004');
    await first.control('PUT', '/switches', { pkce: 'required' });
    await first.control('POST', '/faults', { id: 'kept', kind: 'html', match: { nth: 99 } });
    await first.control('POST', '/hide', { accountId: accounts.tiny, resource: 'clients', ids: [210_002] });
    await first.control('POST', '/clock', { advanceSeconds: 3_600 });
    const before = await first.truth('invoices');
    await first.close();

    const second = await startBench({ stateDir: state });
    const { json } = await second.control('GET', '');
    const hour = Date.parse(textOf(rowWithin(json), 'now')) - Date.now();

    expect((await api(second.url, first.token, 'users/clients/210001')).json).toHaveProperty(
      'response.result.client.note',
      'kept',
    );
    expect((await api(second.url, first.token, 'taxes/taxes/218004')).status).toBe(404);
    expect((await api(second.url, first.token, 'users/clients/210002')).status).toBe(404);
    expect(within(json, 'switches', 'pkce')).toBe('required');
    expect(within(json, 'faults', 0, 'id')).toBe('kept');
    expect(
      rowsOf(rowWithin(json), 'apps').find((row) => row['clientId'] === viewerId)?.['redirectUris'],
    ).toEqual([redirectUri]);
    expect(Math.abs(hour - 3_600_000)).toBeLessThan(60_000);
    expect(await second.truth('invoices')).toEqual(before);
    await second.close();
  });

  it('never gives a deleted tax’s id again', async () => {
    const make = { body: { tax: { name: 'Brief' } } };
    const first = await startBench({ stateDir: state });
    const id = within((await first.api('POST', 'taxes/taxes', make)).json, 'response', 'result', 'tax', 'id');
    await first.api('DELETE', `taxes/taxes/${id}`);
    await first.close();
    const second = await startBench({ stateDir: state });
    const next = within(
      (await second.api('POST', 'taxes/taxes', make)).json,
      'response',
      'result',
      'tax',
      'id',
    );
    await second.close();

    expect(Number(next)).toBe(Number(id) + 1);
  });

  it('a code that was given before can be exchanged after, once', async () => {
    const first = await startBench({ stateDir: state });
    await first.control('PUT', `/apps/${viewerId}`, { redirectUris: [redirectUri] });
    const body = new URLSearchParams({ ...asked(first), email: people.alex, decision: 'allow' });
    const decided = await fetch(`${first.url}/oauth/authorize/decision`, {
      method: 'POST',
      body,
      redirect: 'manual',
    });
    const code = new URL(decided.headers.get('location') ?? '').searchParams.get('code') ?? '';
    await first.close();
    const second = await startBench({ stateDir: state });
    const { clientId, clientSecret } = second.simulator.apps.viewer;
    const exchange = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      client_id: clientId,
      client_secret: clientSecret,
    };
    const got = [
      (await call('POST', `${second.url}/auth/oauth/token`, { body: exchange })).status,
      (await call('POST', `${second.url}/auth/oauth/token`, { body: exchange })).status,
    ];
    await second.close();

    expect(got).toEqual([200, 400]);
  });
});

describe('kill -9', () => {
  it('in the middle of writes loses nothing that was answered, and halves nothing', async () => {
    const program = await startProgram('--ready-json', '--state', state);
    const url = textOf(program.ready(), 'url');
    const tokens = await call('POST', `${url}/_simulator/tokens`, {
      body: { clientId: viewerId, email: people.alex },
    });
    const token = textOf(rowWithin(tokens.json), 'access_token');
    const base = `${url}/accounting/account/${accounts.tiny}`;
    const answered: Json[] = [];
    let killed: Promise<number | null> | undefined;
    const writer = async (name: number): Promise<void> => {
      for (let n = 0; ; n += 1) {
        const invoice = {
          customerid: 210_001,
          create_date: '2026-01-01',
          notes: `w${name}-${n}`,
          lines: [{ name: 'x', qty: 1, unit_cost: { amount: '9.00' } }],
        };
        const made = await call('POST', `${base}/invoices/invoices`, { token, body: { invoice } });
        const id = within(made.json, 'response', 'result', 'invoice', 'id') ?? null;
        const payment = { invoiceid: id, amount: { amount: '4.00' }, date: '2026-01-02', type: 'Cash' };
        const paid = await call('POST', `${base}/payments/payments`, { token, body: { payment } });
        answered.push(within(paid.json, 'response', 'result', 'payment', 'id') ?? null);
        if (answered.length >= 40) killed ??= program.end('SIGKILL');
      }
    };
    await Promise.allSettled([0, 1, 2, 3].map(writer));
    await killed;

    const again = await startBench({ stateDir: state });
    const payments = await again.truth('payments');
    const invoices = await again.truth('invoices');
    await again.close();
    const kept = new Set(payments.map((row) => row['id']));
    const paidIds = new Set(payments.map((row) => row['invoiceid']));
    const halves = invoices.filter(
      (row) =>
        textOf(row, 'notes').startsWith('w') &&
        paidIds.has(row['id'] ?? null) &&
        rowWithin(row, 'paid')['amount'] !== '4.00',
    );

    expect(answered.length).toBeGreaterThanOrEqual(40);
    expect(answered.filter((id) => !kept.has(id))).toEqual([]);
    expect(halves).toEqual([]);
  });

  it('while the big book is being made leaves all of it or none of it', async () => {
    // Whenever the kill comes, before, during or after, the end must be the same.
    for (const delay of [20, 150, 300, 600]) {
      const program = await startProgram('--ready-json', '--state', state);
      const url = textOf(program.ready(), 'url');
      const asking = call('GET', `${url}/_simulator/truth/${accounts.busy}/taxes`).catch(() => undefined);
      await wait(delay);
      await program.end('SIGKILL');
      await asking;
    }

    const again = await startBench({ stateDir: state });
    expect(await again.truth('invoices', accounts.busy)).toHaveLength(5_000);
    expect((await again.truth('payments', accounts.busy)).length).toBeGreaterThan(4_000);
    await again.close();
  });
});

describe('the program', () => {
  it('with --ready-json prints one line of JSON and nothing else, and ends cleanly', async () => {
    const uri = 'http://127.0.0.1:5/cb';
    const program = await startProgram('--ready-json', '--redirect-uri', uri);
    const ready = program.ready();
    const { json } = await call('GET', `${textOf(ready, 'url')}/_simulator`);
    const code = await program.end('SIGTERM');

    expect(ready).toMatchObject({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      apps: { integration: { clientId: integrationId } },
    });
    expect(rowsOf(ready, 'people')).toHaveLength(5);
    expect(within(json, 'apps', 0, 'redirectUris')).toEqual([uri]);
    expect(program.lines).toHaveLength(1);
    expect(code).toBe(0);
  });

  it('for a person prints where it is, who there is, the keys and three things to try', async () => {
    const program = await startProgram();
    await program.end('SIGINT');
    const text = program.lines.join('\n');
    const told: readonly (string | Row)[] = [
      'http://127.0.0.1:',
      'Alex Morgan',
      'Noa Newcomer',
      viewerId,
      integrationId,
    ];

    for (const part of told) expect(text).toContain(part);
    expect(text.match(/curl /g)?.length).toBeGreaterThanOrEqual(3);
  });

  it.each([['--nonsense'], ['--redirect-uri', 'http://example.com/x']])(
    'refuses %s %s in words',
    async (...args) => {
      const { spawnSync } = await import('node:child_process');
      const { status, stderr } = spawnSync(process.execPath, ['simulator/main.ts', '--port', '0', ...args], {
        encoding: 'utf8',
        timeout: 20_000,
      });

      expect(status).toBe(1);
      expect(stderr).toMatch(/nonsense|redirect URI refused/);
    },
  );
});
