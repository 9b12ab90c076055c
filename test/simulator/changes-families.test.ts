import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Row, rowsOf } from '../../simulator/json.ts';
import { idOf } from '../../simulator/row-index.ts';
import { shapeFaults } from './documented-fields.ts';
import { accounts, type Bench, call, people, rowWithin, startBench, within } from './harness.ts';

// What can be written beside the accounting family, and what people do for which there is no call.
const business = 8_104_533;
const projects = `/projects/business/${business}`;
const comments = `/comments/business/${business}`;

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench.close());

const send = (method: string, path: string, body?: Row, token = bench.token) =>
  call(method, `${bench.url}${path}`, body === undefined ? { token } : { token, body });
const listed = async (path: string, many: string): Promise<readonly Row[]> =>
  rowsOf(rowWithin((await send('GET', path)).json), many);
const truthOf = async (resource: string, id: number): Promise<Row | undefined> =>
  (await bench.truth(resource)).find((row) => idOf(row) === id);

describe('§3A.18 a project', () => {
  it('is made with a title, with its group in the reply, and is first in the list', async () => {
    const { status, json } = await send('POST', `${projects}/project`, { project: { title: 'Bridge' } });
    const project = rowWithin(json, 'project');

    expect(status).toBe(200);
    expect(project).toMatchObject({ title: 'Bridge', active: true });
    expect(shapeFaults('projects', project)).toEqual([]);
    expect((await listed(`${projects}/projects`, 'projects'))[0]?.['id']).toBe(project['id']);
  });

  it('needs its title: 422 errno 2001 when it is made, an internal error when it is changed', async () => {
    const [first = {}] = await listed(`${projects}/projects`, 'projects');
    const made = await send('POST', `${projects}/project`, { project: {} });
    const changed = await send('PUT', `${projects}/project/${idOf(first)}`, { project: { complete: true } });

    expect([made.status, within(made.json, 'errno')]).toEqual([422, 2001]);
    expect(changed.status).toBe(500);
  });

  it('keeps what a PUT does not send, and its stamp moves', async () => {
    const oldest = (await listed(`${projects}/projects`, 'projects')).at(-1) ?? {};
    await send('PUT', `${projects}/project/${idOf(oldest)}`, { project: { title: 'Tunnel' } });
    const after = await truthOf('projects', idOf(oldest));

    expect(after).toMatchObject({ title: 'Tunnel', client_id: oldest['client_id'] ?? null });
    expect(String(after?.['updated_at']) > String(oldest['updated_at'])).toBe(true);
  });

  it('leaves the list when it is deleted (204), and comes back', async () => {
    const { json } = await send('POST', `${projects}/project`, { project: { title: 'Gone' } });
    const id = Number(within(json, 'project', 'id'));
    const ids = async () => (await listed(`${projects}/projects?per_page=100`, 'projects')).map(idOf);

    expect((await send('DELETE', `${projects}/projects/${id}`)).status).toBe(204);
    expect(await ids()).not.toContain(id);
    await send('PUT', `${projects}/project/${id}`, { project: { title: 'Gone', active: true } });
    expect(await ids()).toContain(id);
  });

  it('that is hidden is counted and not shown', async () => {
    const before = await send('GET', `${projects}/projects`);
    const [first = {}] = rowsOf(rowWithin(before.json), 'projects');
    const hide = (ids: number[]) =>
      bench.control('POST', '/hide', { accountId: accounts.tiny, resource: 'projects', ids });
    await hide([idOf(first)]);
    const after = await send('GET', `${projects}/projects`);
    await hide([]);

    expect(within(after.json, 'meta', 'total')).toBe(within(before.json, 'meta', 'total'));
    expect(rowsOf(rowWithin(after.json), 'projects').map(idOf)).not.toContain(idOf(first));
  });

  it('is written with the write scope only, and by whoever owns the business', async () => {
    const reader = await bench.tokenFor(people.alex, ['user:projects:read']);
    const stranger = await bench.tokenFor(people.mireille);
    const project = { project: { title: 'No' } };

    expect((await send('POST', `${projects}/project`, project, reader)).text).toContain(
      'user:projects:write',
    );
    expect((await send('POST', `${projects}/project`, project, stranger)).status).toBe(403);
    expect((await send('DELETE', `${projects}/project/1`)).status).toBe(404);
    expect((await send('PUT', `${projects}/projects`, project)).status).toBe(405);
  });
});

describe('§3A.10 a service', () => {
  it('makes its task, has no rate until it is given one, and cannot be changed', async () => {
    const { json } = await send('POST', `${comments}/service`, { service: { name: 'Roofing' } });
    const id = Number(within(json, 'service', 'id'));
    const rate = `${comments}/service/${id}/rate`;

    expect(await truthOf('tasks', id)).toMatchObject({ name: 'Roofing' });
    expect((await send('GET', rate)).status).toBe(404);
    await send('POST', rate, { service_rate: { rate: '45.00' } });
    expect((await send('PUT', rate, { service_rate: { rate: '50.00' } })).json).toEqual({
      service_rate: { business_id: business, rate: '50.00', service_id: id },
    });
    expect((await send('PUT', `${comments}/service/${id}`, { service: { name: 'x' } })).status).toBe(405);
  });
});

describe('§3A.20 a retainer', () => {
  it('is one for a client at most, and deleted by active false', async () => {
    const clients = await bench.truth('clients');
    const client_user_id = idOf(clients.at(-1) ?? {});
    const make = () => send('POST', `${comments}/retainers`, { retainer: { client_user_id, fee: 20 } });
    const first = await make();
    const id = Number(within(first.json, 'retainer', 'id'));
    const second = await make();

    expect(within(first.json, 'retainer', 'fee')).toBe('20.00');
    expect(shapeFaults('retainers', rowWithin(first.json, 'retainer'))).toEqual([]);
    expect([second.status, within(second.json, 'errno')]).toEqual([422, 2001]);
    await send('PUT', `${comments}/retainer/${id}`, { retainer: { active: false } });
    expect(await truthOf('retainers', id)).toMatchObject({ active: false, fee: '20.00' });
    expect((await make()).status).toBe(200);
  });
});

describe('§3A.21 people', () => {
  it('are taken on, changed, let go and removed by the control, in both lists', async () => {
    const staff = `/staff/${accounts.tiny}`;
    const team = () => listed(`/auth/api/v1/businesses/${business}/team_members?per_page=100`, 'response');
    const { json } = await bench.control('PUT', staff, { fname: 'Ada' });
    const id = Number(within(json, 'id'));
    const named = async () => (await team()).find((row) => row['first_name'] === 'Ada');

    expect(shapeFaults('staff', rowWithin(json))).toEqual([]);
    expect(await named()).toMatchObject({ business_role_name: 'business_employee' });
    await bench.control('PUT', staff, { id, vis_state: 1 });
    expect(await named()).toMatchObject({ active: false });
    expect((await bench.list('users/staffs', 'staffs')).map(idOf)).not.toContain(id);
    await bench.control('DELETE', `${staff}/${id}`);
    expect(await named()).toBeUndefined();
    expect((await bench.control('PUT', staff, { id, fname: 'x' })).status).toBe(404);
  });
});
