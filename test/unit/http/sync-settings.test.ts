import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { dataTypes } from '../../../src/domain/data-types.ts';
import { aCompany } from '../../fakes/builders.ts';
import { type Answer, ask, keyOf, makeLinkedWorld, makeWorld, sentenceOf } from './api-world.ts';

const Shown = z.object({
  overridesDefaults: z.boolean(),
  settings: z.array(z.looseObject({ dataType: z.string() })),
});
const of = (answer: Answer, dataType: string) =>
  Shown.parse(answer.body).settings.find((one) => one.dataType === dataType);

const everyone = '/profile/syncSettings';
const company = '/companies/company-1/syncSettings';
const ref = { companyId: 'company-1', connectionId: 'connection-1' };
const daily = { dataType: 'invoices', fetchOnFirstLink: true, syncSchedule: 24, syncOrder: 0 };
const standard = { fetchOnFirstLink: true, syncSchedule: 1, syncOrder: 0, isLocked: false };

describe('sync settings of all companies', () => {
  it('are every hour and on linking until somebody says otherwise', async () => {
    const shown = await ask(await makeWorld(), `GET ${everyone}`);

    expect(Shown.parse(shown.body).settings.map(({ dataType }) => dataType)).toEqual([...dataTypes]);
    expect(of(shown, 'customers')).toEqual({ dataType: 'customers', ...standard });
    expect(Shown.parse(shown.body).overridesDefaults).toBe(false);
  });

  it('are changed type by type, and taken back as a whole', async () => {
    const world = await makeWorld();
    const at = { ...daily, timeOfDay: '06:30', timeZone: 'America/Toronto', syncFromWindow: 12 };

    const saved = await ask(world, `POST ${everyone}`, { body: { settings: [at] } });

    expect([saved.status, saved.body]).toEqual([204, undefined]);
    const shown = await ask(world, `GET ${everyone}`);
    expect(of(shown, 'invoices')).toEqual({ ...at, isLocked: false });
    expect(of(shown, 'customers')).toEqual({ dataType: 'customers', ...standard });
    await ask(world, `POST ${everyone}`, { body: { overridesDefaults: false } });
    expect(of(await ask(world, `GET ${everyone}`), 'invoices')).toEqual({
      dataType: 'invoices',
      ...standard,
    });
  });

  it('may be sent back as they were shown', async () => {
    const world = await makeWorld();
    const { body } = await ask(world, `GET ${everyone}`);

    expect((await ask(world, `POST ${everyone}`, { body })).status).toBe(204);
  });

  it('let data types pass that FreshBooks does not have, and refuse names that nobody knows', async () => {
    const world = await makeWorld();
    const named = (dataType: string) => ({ settings: [{ ...daily, dataType }] });

    expect((await ask(world, `POST ${everyone}`, { body: named('salesOrders') })).status).toBe(204);
    expect((await ask(world, `POST ${everyone}`, { body: named('lunches') })).status).toBe(400);
  });

  it.each([
    [{ syncFromUtc: '2026-01-01', syncFromWindow: 3 }, 'cannot be given together'],
    [{ timeOfDay: '6.30' }, 'is not a time of day'],
    [{ timeOfDay: '06:30', timeZone: 'Mars/Olympus' }, 'is not a time zone'],
    [{ timeOfDay: '06:30', syncSchedule: 1 }, 'needs a syncSchedule'],
    [{ syncFromUtc: 'yesterday' }, 'is not a date'],
    [{ syncSchedule: -1 }, 'too small'],
    [{ syncSchedule: 1.5 }, 'wrong type'],
    [{ every: 5 }, 'does not know'],
  ])('refuse %j', async (wrong, why) => {
    const world = await makeWorld();

    const refused = await ask(world, `POST ${everyone}`, { body: { settings: [{ ...daily, ...wrong }] } });

    expect(refused.status).toBe(400);
    expect(sentenceOf(refused)).toContain(why);
  });

  it('are for administrators to change and for every key to see', async () => {
    const world = await makeWorld();
    const [read, operate] = [await keyOf(world, 'read'), await keyOf(world, 'operate')];

    expect((await ask(world, `GET ${everyone}`, { authorization: read })).status).toBe(200);
    expect((await ask(world, `POST ${everyone}`, { body: {}, authorization: operate })).status).toBe(403);
  });
});

describe("a company's own sync settings", () => {
  it('are those of all companies until it has its own, and each connection has a copy', async () => {
    const world = await makeLinkedWorld();
    await ask(world, `POST ${everyone}`, { body: { settings: [{ ...daily, syncSchedule: 168 }] } });
    expect(of(await ask(world, `GET ${company}`), 'invoices')).toMatchObject({ syncSchedule: 168 });

    const saved = await ask(world, `POST ${company}`, {
      body: { settings: [daily], overridesDefaults: true },
    });

    expect([saved.status, saved.body]).toEqual([204, undefined]);
    const shown = await ask(world, `GET ${company}`);
    expect(shown.body).toMatchObject({ companyId: 'company-1', overridesDefaults: true });
    expect(of(shown, 'invoices')).toMatchObject({ syncSchedule: 24 });
    expect((await world.connections.find(ref))?.syncSettings?.types).toMatchObject({
      invoices: { syncSchedule: 24 },
    });
    expect(of(await ask(world, `GET ${everyone}`), 'invoices')).toMatchObject({ syncSchedule: 168 });
  });

  it('move the minute at which the schedule looks to that of a time of day, and back', async () => {
    const world = await makeLinkedWorld();
    const before = (await world.connections.find(ref))?.slot;
    const at = { ...daily, timeOfDay: '06:45', timeZone: 'Asia/Kolkata' };

    await ask(world, `POST ${company}`, { body: { settings: [at] } });
    expect((await world.connections.find(ref))?.slot).toBe(15);
    await ask(world, `POST ${company}`, { body: { overridesDefaults: false } });

    expect(await world.connections.find(ref)).toMatchObject({ syncSettings: { types: {} } });
    expect((await world.connections.find(ref))?.slot).not.toBe(15);
    expect(before).toBe(7);
  });

  it('are had by a connection that is created after them', async () => {
    const world = await makeWorld();
    await world.companies.insert(aCompany());
    await ask(world, `POST ${company}`, { body: { settings: [daily] } });

    await ask(world, 'POST /companies/company-1/connections', { body: { platformKey: 'vxvy' } });

    const [connection] = await world.connections.ofCompany('company-1');
    expect(connection?.syncSettings?.types).toMatchObject({ invoices: { syncSchedule: 24 } });
  });

  it('end in every connection as they end in the company, whoever saves at the same moment', async () => {
    const world = await makeWorld();
    await world.companies.insert(aCompany());
    const save = (syncSchedule: number) =>
      ask(world, `POST ${company}`, { body: { settings: [{ ...daily, syncSchedule }] } });

    await Promise.all([
      save(2),
      save(3),
      ask(world, 'POST /companies/company-1/connections', { body: { platformKey: 'vxvy' } }),
      save(4),
    ]);

    const [connection] = await world.connections.ofCompany('company-1');
    expect(connection?.syncSettings).toEqual((await world.companies.find('company-1'))?.syncSettings);
  });

  it('cannot be other than a locked setting, which may be sent along as it is', async () => {
    const world = await makeLinkedWorld();
    const locked = { ...daily, isLocked: true };
    await ask(world, `POST ${everyone}`, { body: { settings: [locked] } });

    const refused = await ask(world, `POST ${company}`, {
      body: { settings: [{ ...locked, syncSchedule: 1 }] },
    });

    expect(refused.status).toBe(409);
    expect((await ask(world, `POST ${company}`, { body: { settings: [locked] } })).status).toBe(204);
  });

  it('are not to be had for a company that does not exist', async () => {
    const world = await makeWorld();

    expect((await ask(world, 'GET /companies/nobody/syncSettings')).status).toBe(404);
    expect((await ask(world, 'POST /companies/nobody/syncSettings', { body: {} })).status).toBe(404);
  });

  it('decide what "refresh all" asks for', async () => {
    const world = await makeLinkedWorld();
    const off = dataTypes
      .filter((type) => type !== 'bills')
      .map((dataType) => ({ ...daily, dataType, fetchOnFirstLink: false }));
    await ask(world, `POST ${company}`, { body: { settings: off } });

    await ask(world, 'POST /companies/company-1/data/all');

    expect(Object.keys((await world.connections.find(ref))?.wanted ?? {})).toEqual(['bills']);
  });
});
