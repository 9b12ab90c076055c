import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Desk, openDesk } from './desk.ts';
import { refusalOf } from './harness.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

describe('§3A.1 clients', () => {
  it('a created client has a UTC signup_date, an Eastern updated (§3.7) and a generated username', async () => {
    const client = await desk.newClient();

    expect(client).toMatchObject({
      signup_date: '2026-06-29 16:48:49',
      updated: '2026-06-29 12:48:49',
      username: 'annlee',
      vis_state: 0,
      currency_code: 'CAD',
    });
    expect(client['id']).toBe(client['userid']);
  });

  it('the same email twice is accepted and the username gets a number (§4.4)', async () => {
    await desk.newClient();

    expect((await desk.newClient())['username']).toBe('annlee2');
  });

  it('a client without any name is errno 7012', async () => {
    expect(refusalOf(await desk.api('POST', 'users/clients', { body: { client: { note: 'x' } } }))).toEqual({
      status: 422,
      errno: 7012,
    });
  });

  it('a PUT changes the fields that were sent and bumps updated', async () => {
    const { id } = await desk.newClient();
    desk.later();

    const changed = await desk.write('PUT', `users/clients/${id}`, {
      client: { note: 'Hello', unknown_key: 1 },
    });

    expect(changed).toMatchObject({ fname: 'Ann', note: 'Hello', updated: '2026-06-29 13:48:49' });
    expect(changed).not.toHaveProperty('unknown_key');
  });

  it('deleting a client bumps its updated (§3.8) and takes it off the default list', async () => {
    const { id } = await desk.newClient();
    desk.later();

    const deleted = await desk.write('PUT', `users/clients/${id}`, { client: { vis_state: 1 } });

    expect(deleted).toMatchObject({ vis_state: 1, updated: '2026-06-29 13:48:49' });
    expect((await desk.list('users/clients?per_page=100', 'clients')).map((row) => row['id'])).not.toContain(
      id,
    );
  });
});

describe('§3.8 phases of a PUT', () => {
  it('vis_state beats every other field, even when it changes nothing', async () => {
    const { id } = await desk.newClient();

    await desk.write('PUT', `users/clients/${id}`, { client: { vis_state: 0, fname: 'Lost' } });

    expect((await desk.one(`users/clients/${id}`, 'client'))['fname']).toBe('Ann');
  });

  it('ext_vis_state beats vis_state', async () => {
    const { id } = await desk.newClient();

    const changed = await desk.write('PUT', `users/clients/${id}`, {
      client: { vis_state: 1, ext_vis_state: 2 },
    });

    expect(changed['vis_state']).toBe(2);
  });

  it('an action beats ordinary fields', async () => {
    const { id } = await desk.newInvoice();

    const marked = await desk.write('PUT', `invoices/invoices/${id}`, {
      invoice: { action_mark_as_sent: true, notes: 'lost' },
    });

    expect(marked).toMatchObject({ status: 2, v3_status: 'overdue', notes: '' });
  });

  it('a deleted row can be restored', async () => {
    const { id } = await desk.newClient();
    await desk.write('PUT', `users/clients/${id}`, { client: { vis_state: 1 } });

    expect((await desk.write('PUT', `users/clients/${id}`, { client: { vis_state: 0 } }))['vis_state']).toBe(
      0,
    );
  });
});
