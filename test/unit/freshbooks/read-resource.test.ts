import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RawRow, ReadReport } from '../../../src/app/ports.ts';
import { makeReadResource } from '../../../src/freshbooks/read-resource.ts';
import {
  business,
  clientOn,
  cursorDay,
  type FakeList,
  fakeList,
  type Row,
  reply,
} from './fake-freshbooks.ts';
import { books, farOff, ids, knownReader, read, row } from './read-fake.ts';

describe('the first read of a resource that tells when it changed', () => {
  it('reads every page of a hundred rows and says that it is complete', async () => {
    const list = fakeList(books(250));

    const { report, rows } = await read(list, 'invoices');

    expect(ids(rows.keys())).toEqual(ids(list.rows.map((one) => String(one.id))));
    expect(report).toMatchObject({
      complete: true,
      pages: 8,
      rowsRead: 350,
      sourceTotal: 250,
      hiddenRows: 0,
    });
  });

  it.each([0, 1, 15, 30, 99, 100, 101, 200, 201])('reads all of %i rows', async (count) => {
    const { rows, report } = await read(fakeList(books(count)), 'clients');

    expect(rows.size).toBe(count);
    expect(report.complete).toBe(true);
  });

  it.each([15, 30, 99])(
    'reads all rows from a FreshBooks that gives %i a page whatever was asked',
    async (size) => {
      const { rows } = await read(fakeList(books(100), size), 'clients');

      expect(rows.size).toBe(100);
    },
  );

  it('asks for 100 rows a page, with the lines of invoices', async () => {
    const list = fakeList(books(1));

    await read(list, 'invoices');

    expect(list.calls[0]?.get('per_page')).toBe('100');
    expect(list.calls[0]?.getAll('include[]')).toEqual(['lines']);
    expect(list.paths[0]).toBe('/accounting/account/AcC0nt/invoices/invoices');
  });

  it('reads deleted rows too, and marks them', async () => {
    const list = fakeList([row(1), row(2, { vis_state: 1 }), row(3, { vis_state: 2 })]);

    const { rows } = await read(list, 'clients');

    expect([...rows.values()].filter((one) => one.deleted).map((one) => one.id)).toEqual(['2']);
    expect(rows.size).toBe(3);
  });

  it('sets the cursor to the day before its start on New York’s calendar, by FreshBooks’ clock', async () => {
    const { report } = await read(fakeList(books(3)), 'clients');

    expect(report.cursor?.split('/')[0]).toBe(cursorDay);
  });

  it('counts rows that FreshBooks counts and does not show', async () => {
    const list = fakeList(books(5));
    list.hidden = 2;

    const { report } = await read(list, 'clients');

    expect(report).toMatchObject({ complete: true, hiddenRows: 4, sourceTotal: 7 });
  });

  it('gives equal rows equal hashes whatever the order of their keys', async () => {
    const one = await read(fakeList([{ id: 1, vis_state: 0, a: 1, b: { c: 2, d: [3] } }]), 'clients');
    const two = await read(fakeList([{ b: { d: [3], c: 2 }, a: 1, vis_state: 0, id: 1 }]), 'clients');

    expect(one.rows.get('1')?.hash).toBe(two.rows.get('1')?.hash);
  });

  it('leaves a row without an id out, and says so', async () => {
    const list = fakeList(books(2));
    list.transport = wrapped(list.transport, (body) => body.replace('"id":1,', ''));

    const { report, rows } = await read(list, 'clients');

    expect(rows.size).toBe(1);
    expect(report.warnings).toEqual(['clients: 1 rows without an id were left out']);
  });
});

describe('a later read', () => {
  it('asks for changes since the cursor’s day and for all deleted rows without a window', async () => {
    const list = fakeList(books(3));

    await read(list, 'invoices', { cursor: '2026-06-20' });

    expect(
      list.calls.map((call) => [call.get('search[updated_min]'), call.get('search[vis_state]')]),
    ).toEqual([
      ['2026-06-20', null],
      [null, '1'],
      // For its count.
      [null, null],
    ]);
  });

  it('sees a deletion that did not count as a change', async () => {
    const list = fakeList([row(1), row(2, { vis_state: 1, updated: '2020-01-01 00:00:00' })]);

    const { rows } = await read(list, 'clients', { cursor: '2026-06-20' });

    expect(rows.get('2')?.deleted).toBe(true);
  });

  it('fetches a restored row by its id although restoring did not count as a change', async () => {
    const list = fakeList([row(1, { vis_state: 1 }), row(2, { vis_state: 1 })]);
    const { report } = await read(list, 'clients');
    list.rows = [row(1), row(2, { vis_state: 1 })];

    const later = await read(list, 'clients', { cursor: report.cursor ?? '', heldDeleted: ['1', '2'] });

    expect([...later.rows.values()].map(({ id, deleted }) => ({ id, deleted }))).toContainEqual({
      id: '1',
      deleted: false,
    });
  });

  it('fetches a restored row also while other deleted rows are hidden from us', async () => {
    const list = fakeList([row(1, { vis_state: 1 })]);
    const { report } = await read(list, 'invoices');
    list.rows = [row(1)];
    list.hidden = 1;

    const later = await read(list, 'invoices', { cursor: report.cursor ?? '', heldDeleted: ['1'] });

    expect(later.rows.get('1')?.deleted).toBe(false);
  });

  it('sees a client that was archived, or brought back, although neither counted as a change', async () => {
    const list = fakeList([row(1), row(2, { vis_state: 2 })]);
    const { report } = await read(list, 'clients');
    list.rows = [row(1, { vis_state: 2 }), row(2)];

    const later = await read(list, 'clients', { cursor: report.cursor ?? '' });

    expect([...later.rows.values()].map(({ id, raw }) => [id, raw['vis_state']])).toEqual([
      ['1', 2],
      ['2', 0],
    ]);
  });

  it('does not ask what is held while the deleted rows are the same as last time', async () => {
    const list = fakeList([row(1, { vis_state: 1 })]);
    const { report } = await read(list, 'clients');
    let asked = false;
    const { client, now } = clientOn(list.transport);

    await makeReadResource({ client, now })({
      resource: 'clients',
      business,
      runId: 'run-1',
      token: async () => 'good',
      refused: async () => 'good',
      cursor: report.cursor ?? '',
      heldIds: async () => new Set(),
      heldDeletedIds: async () => {
        asked = true;
        return new Set();
      },
      onRows: async () => {},
      deadline: farOff,
    });

    expect(asked).toBe(false);
  });
});

describe('a list that moves while it is read', () => {
  it('is read again, and nothing is missing', async () => {
    const list = fakeList(books(250));
    list.before = (call) => {
      if (call === 2) list.rows = list.rows.filter((one) => one.id !== 240);
    };

    const { report, rows } = await read(list, 'clients');

    expect(report.complete).toBe(true);
    for (const one of list.rows) expect(rows.has(String(one.id))).toBe(true);
  });

  it('by dates is read again when a row got another date and pushed one across a page border', async () => {
    const list = fakeList(books(250).map((one) => ({ ...one, date: 1_000 - one.id })));
    list.order = (a, b) => Number(b['date']) - Number(a['date']);
    list.before = (call) => {
      if (call === 2) list.rows = list.rows.map((one) => (one.id === 7 ? { ...one, date: 0 } : one));
    };

    const { report, rows } = await read(list, 'clients');

    expect(rows.size).toBe(250);
    expect(report.complete).toBe(true);
  });

  it('by a page that once came short is read again: its rows were not hidden', async () => {
    const list = fakeList(books(250));
    const good = list.transport;
    let calls = 0;
    list.transport = async (request) => {
      const answer = await good(request);
      calls += 1;
      return calls === 2
        ? { ...answer, text: answer.text.replace(/"invoices":\[\{.*?\},/, '"invoices":[') }
        : answer;
    };

    const { report, rows } = await read(list, 'invoices');

    expect(rows.size).toBe(250);
    expect(report).toMatchObject({ complete: true, hiddenRows: 0 });
  });

  it('in page size is read again: a gap between two pages is no hidden row', async () => {
    const list = fakeList(books(250));
    const good = list.transport;
    let calls = 0;
    list.transport = (request) => {
      calls += 1;
      return good(
        calls === 1 ? { ...request, url: request.url.replace('per_page=100', 'per_page=15') } : request,
      );
    };

    const { report, rows } = await read(list, 'invoices');

    expect(rows.size).toBe(250);
    expect(report).toMatchObject({ complete: true, hiddenRows: 0 });
  });

  it('that never stands still ends the read as not complete, with the old cursor', async () => {
    const list = fakeList(books(250));
    let next = 1000;
    list.before = () => {
      next += 1;
      list.rows = [...list.rows, row(next, { updated: '2026-06-29 10:00:00' })];
    };

    const { report } = await read(list, 'clients', { cursor: '2026-05-31' });

    expect(report).toMatchObject({ complete: false, cursor: '2026-05-31' });
    expect(report.warnings).toEqual(['clients: the list kept changing while it was read']);
  });

  it('is read again when a row was deleted between the two lists, although all counters agree', async () => {
    const list = fakeList(books(3));
    list.before = (call) => {
      if (call === 3) list.rows = list.rows.map((one) => (one.id === 2 ? { ...one, vis_state: 1 } : one));
    };

    const { report, rows } = await read(list, 'invoices');

    expect(list.calls.length).toBe(10);
    expect(rows.get('2')?.deleted).toBe(true);
    expect(report.complete).toBe(true);
  });

  it.each([
    ['invoices', 'deleted', 1],
    ['clients', 'archived', 2],
  ])(
    'of %s is read again the first time when a row that was %s came back between two lists',
    async (name, _, state) => {
      const list = fakeList([...books(2), row(3, { vis_state: state })]);
      list.before = (call) => {
        const last = call === (state === 1 ? 3 : 5);
        if (last) list.rows = list.rows.map((one) => (one.id === 3 ? { ...one, vis_state: 0 } : one));
      };

      const { report, rows } = await read(list, name);

      expect(rows.get('3')?.raw['vis_state']).toBe(0);
      expect(report.complete).toBe(true);
    },
  );

  it('is read again the first time when a row was deleted and restored while nobody looked', async () => {
    const list = fakeList(books(3));
    list.before = (call) => {
      const state = call === 2 ? 1 : 0;
      if (call === 2 || call === 3)
        list.rows = list.rows.map((one) => (one.id === 3 ? { ...one, vis_state: state } : one));
    };

    const { report, rows } = await read(list, 'invoices');

    expect(ids(rows.keys())).toEqual([1, 2, 3]);
    expect(report.complete).toBe(true);
  });

  it('is read again when a row was archived and brought back before the archive was looked at', async () => {
    const list = fakeList(books(3));
    list.before = (call) => {
      const state = call === 1 ? 2 : 0;
      if (call <= 2) list.rows = list.rows.map((one) => (one.id === 3 ? { ...one, vis_state: state } : one));
    };

    const { rows } = await read(list, 'clients', { cursor: '2026-05-31' });

    expect(rows.get('3')?.raw['vis_state']).toBe(0);
  });

  it('loses no row that was there all the time, whatever happens between any two calls', async () => {
    const edit = fc.record({
      call: fc.integer({ min: 1, max: 14 }),
      kind: fc.constantFrom('delete', 'insert', 'touch', 'remove'),
      at: fc.integer({ min: 0, max: 399 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 400 }),
        fc.array(edit, { maxLength: 6 }),
        async (count, edits) => {
          const list = fakeList(books(count, { updated: '2026-06-29 08:00:00' }), 30);
          let next = 10_000;
          list.before = (call) => {
            for (const one of edits.filter((change) => change.call === call)) {
              next += 1;
              list.rows = edited(list.rows, one, next);
            }
          };

          const { report, rows } = await read(list, 'clients');

          const alive = list.rows.filter((one) => one.id <= count && one.vis_state === 0);
          const missing = alive.filter((one) => !rows.has(String(one.id)));
          expect(report.complete ? missing : []).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });
});

function edited(rows: Row[], { kind, at }: { kind: string; at: number }, next: number): Row[] {
  const victim = rows[at % Math.max(1, rows.length)]?.id;
  if (kind === 'insert') return [...rows, row(next)];
  if (kind === 'remove') return rows.filter((one) => one.id !== victim);
  const change = kind === 'delete' ? { vis_state: 1 } : { note: 'touched' };
  return rows.map((one) => (one.id === victim ? { ...one, ...change } : one));
}

describe('a read that meets its deadline', () => {
  it('leaves off between two pages and goes on there, without reading a page twice', async () => {
    const list = fakeList(books(1_000));
    const pagesAsked = (): number[] =>
      list.calls.flatMap((call) => (call.has('search[vis_state]') ? [] : [Number(call.get('page'))]));
    const rows = new Map<string, RawRow>();
    let report: ReadReport | undefined;
    for (let turn = 0; turn < 20 && report?.complete !== true; turn += 1) {
      report = await untilDeadline(list, rows, report?.unfinished);
    }

    expect(report).toMatchObject({ complete: true, rowsRead: 1_100, pages: 15 });
    expect(rows.size).toBe(1_000);
    // The first one once more at the end, for its count.
    expect(pagesAsked().sort((a, b) => a - b)).toEqual([1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('leaves something that survives JSON', async () => {
    const { report } = await read(fakeList(books(10)), 'clients', { deadline: '2026-06-29T00:00:00.000Z' });

    expect(report.complete).toBe(false);
    expect(JSON.parse(JSON.stringify(report.unfinished))).toEqual(report.unfinished);
  });
});

/** One worker's turn: its clock stands at the deadline after three calls. */
async function untilDeadline(
  list: FakeList,
  rows: Map<string, RawRow>,
  resume: unknown,
): Promise<ReadReport> {
  let calls = 0;
  const { client } = clientOn(async (request) => {
    calls += 1;
    return list.transport(request);
  });
  const now = (): number => (calls < 3 ? Date.parse('2026-06-29T17:00:00Z') : Date.parse(farOff));
  return makeReadResource({ client, now })({
    resource: 'invoices',
    business,
    runId: 'run-1',
    token: async () => 'good',
    refused: async () => 'good',
    heldIds: async () => new Set(),
    onRows: async (more) => {
      for (const one of more) rows.set(one.id, one);
    },
    deadline: farOff,
    ...(resume !== undefined && { resume: JSON.parse(JSON.stringify(resume)) }),
  });
}

describe('a resource whose deleted rows are just no longer there', () => {
  const tax = (id: number): Row => ({ id, taxid: id, vis_state: 0, name: `T${id}` });

  it('reports a row as vanished when two whole lists lack it', async () => {
    const list = fakeList([tax(1), tax(2)]);

    const { report } = await read(list, 'taxes', { held: ['1', '2', '3'], cursor: await knownReader() });

    expect(report.vanished).toEqual(['3']);
    expect(list.calls.length).toBe(2);
  });

  it('believes the second list when the row is back in it', async () => {
    const list = fakeList([tax(1), tax(2)]);
    list.before = (call) => {
      if (call === 2) list.rows = [tax(1), tax(2), tax(3)];
    };

    const { report } = await read(list, 'taxes', { held: ['1', '2', '3'], cursor: await knownReader() });

    expect(report.vanished).toEqual([]);
  });

  it('infers nothing while FreshBooks hides rows', async () => {
    const list = fakeList([tax(1)]);
    list.hidden = 1;

    const { report } = await read(list, 'taxes', { held: ['1', '2'], cursor: await knownReader() });

    expect(report).toMatchObject({ vanished: [], hiddenRows: 1 });
    expect(list.calls.length).toBe(1);
  });

  it('does not believe that most rows went at once', async () => {
    const held = Array.from({ length: 60 }, (_, index) => String(index + 1));

    const { report } = await read(fakeList([tax(1)]), 'taxes', { held, cursor: await knownReader() });

    expect(report.vanished).toEqual([]);
    expect(report.warnings).toEqual([
      'taxes: 59 rows are missing at once; they are kept until the next read finds the same',
    ]);
  });

  it('believes twenty rows that went at once', async () => {
    const held = Array.from({ length: 20 }, (_, index) => String(index + 1));

    const { report } = await read(fakeList([]), 'taxes', { held, cursor: await knownReader() });

    expect(report.vanished).toEqual(held);
  });
});

describe('a resource without dates whose deleted rows have a list of their own', () => {
  it('is read whole each time, the deleted rows too', async () => {
    const list = fakeList([row(1), row(2), row(3, { vis_state: 1 })]);

    const { rows, report } = await read(list, 'bills', {
      held: ['1', '2', '3'],
      cursor: await knownReader(),
    });

    expect([...rows.values()].map(({ id, deleted }) => [id, deleted])).toEqual([
      ['2', false],
      ['1', false],
      ['3', true],
    ]);
    expect(report).toMatchObject({ complete: true, vanished: [], hiddenRows: 0, sourceTotal: 3 });
    expect(list.calls.map((call) => call.get('search[vis_state]'))).toEqual([null, '1']);
    expect(list.calls.every((call) => !call.has('search[updated_min]'))).toBe(true);
  });

  it('reports a row as vanished that is in neither list, twice', async () => {
    const list = fakeList([row(1), row(3, { vis_state: 1 })]);

    const { report } = await read(list, 'bills', { held: ['1', '2'], cursor: await knownReader() });

    expect(report.vanished).toEqual(['2']);
    expect(list.calls.length).toBe(4);
  });

  it('is read again when a row was deleted between the two lists', async () => {
    const list = fakeList([row(1), row(2)]);
    list.before = (call) => {
      if (call === 2) list.rows = [row(1), row(2, { vis_state: 1 })];
    };

    const { rows, report } = await read(list, 'bills', { held: ['1', '2'], cursor: await knownReader() });

    expect(rows.get('2')?.deleted).toBe(true);
    expect(report).toMatchObject({ complete: true, vanished: [] });
    expect(list.calls.length).toBe(4);
  });

  it('hides no rows when FreshBooks gives the same list for any filter', async () => {
    const list = fakeList(books(3));
    list.before = (_, query) => query.delete('search[vis_state]');

    const { report } = await read(list, 'bills', { held: ['1', '2', '3', '4'], cursor: await knownReader() });

    expect(report).toMatchObject({ complete: true, hiddenRows: 0, vanished: ['4'] });
  });
});

describe('a resource that this person may not read', () => {
  const refused: FakeList['transport'] = async () =>
    reply({ response: { errors: [{ errno: 31001, message: 'No access.' }] } });

  it('leaves what is held alone, with a warning, when the business is readable without it', async () => {
    const list = fakeList();
    list.transport = refused;

    const { report } = await read(list, 'bill_vendors', { held: ['1'], cursor: cursorDay });

    expect(report).toMatchObject({ complete: true, vanished: [], rowsRead: 0, cursor: cursorDay });
    expect(report.notShown).toEqual({
      status: 'PermissionsError',
      message:
        'bill_vendors: FreshBooks does not show it, and does not say whether the plan or the person’s role is the cause (HTTP 200, errno 31001).',
      reason: 'no-permission',
    });
    expect(report.warnings).toEqual([report.notShown?.message]);
  });

  it('is a missing permission otherwise', async () => {
    const list = fakeList();
    list.transport = refused;

    await expect(read(list, 'bills')).rejects.toMatchObject({ kind: 'no-permission' });
  });

  it('or that the business has no id for is passed over likewise', async () => {
    const { report } = await read(fakeList(), 'ledger_accounts');

    expect(report).toMatchObject({ complete: true, pages: 0 });
    expect(report.warnings).toHaveLength(1);
  });
});

describe('an answer that is no list', () => {
  const broken: readonly (readonly [string, (body: string) => string])[] = [
    ['no result', () => '{"response":{}}'],
    ['another list', (body) => body.replaceAll('"clients"', '"others"')],
    ['no counters', (body) => body.replaceAll('"total"', '"sum"')],
    ['another page', (body) => body.replaceAll('"page":1', '"page":2')],
    ['HTML', () => '<html><body>busy</body></html>'],
    ['nothing', () => ''],
    ['a broken-off text', (body) => body.slice(0, -20)],
    ['a list of texts', (body) => body.replace(/\[.*\]/, '["a"]')],
  ];

  it.each(broken)('is a Problem that says unavailable, not an empty list: %s', async (_, change) => {
    const list = fakeList(books(3));
    list.transport = wrapped(list.transport, change);

    await expect(read(list, 'clients')).rejects.toMatchObject({ kind: 'unavailable', retry: 'later' });
  });

  it('is read again at once when only one call went wrong', async () => {
    const list = fakeList(books(250));
    const good = list.transport;
    let calls = 0;
    list.transport = (request) => {
      calls += 1;
      return calls === 2 ? Promise.resolve({ status: 502, headers: {}, text: '<html>' }) : good(request);
    };

    const { rows, report } = await read(list, 'clients');

    expect(rows.size).toBe(250);
    expect(report.complete).toBe(true);
  });
});

function wrapped(transport: FakeList['transport'], change: (body: string) => string): FakeList['transport'] {
  return async (request) => {
    const reply = await transport(request);
    return { ...reply, text: change(reply.text) };
  };
}

describe('the business itself', () => {
  const me = (memberships: unknown[]): FakeList['transport'] => {
    const response = {
      id: 1,
      business_memberships: memberships,
      subscription_statuses: { AcC0nt: 'active' },
    };
    return async () => reply({ response });
  };
  const mine = { role: 'owner', fasttrack_token: 'secret', business: { id: 7001, name: 'A business' } };

  it('is kept as this business alone, without the token that comes along', async () => {
    const list = fakeList();
    list.transport = me([null, { role: 'client', business: { id: 9, name: 'Another' } }, mine]);

    const { rows, report } = await read(list, 'users_me');

    expect(rows.get('7001')?.raw).toEqual({
      id: '7001',
      role: 'owner',
      business: { id: 7001, name: 'A business' },
      subscription_status: 'active',
    });
    expect(report.complete).toBe(true);
  });

  it('that the person no longer has is a missing permission', async () => {
    const list = fakeList();
    list.transport = me([]);

    await expect(read(list, 'users_me')).rejects.toMatchObject({ kind: 'no-permission' });
  });

  it('is complete without its system when FreshBooks does not show that', async () => {
    const list = fakeList();
    list.transport = async () => ({ ...reply({ message: 'scope' }), status: 403 });

    const { report, rows } = await read(list, 'systems');

    expect(report).toMatchObject({
      complete: true,
      notShown: { status: 'PermissionsError' },
    });
    expect(rows.size).toBe(0);
  });

  it('has a system of its own number', async () => {
    const list = fakeList();
    list.transport = async ({ url }) => reply({ response: { result: { system: { id: 9001, name: url } } } });

    const { rows } = await read(list, 'systems');

    expect(rows.get('9001')?.raw['name']).toBe(
      'https://api.example/accounting/account/AcC0nt/systems/systems/9001',
    );
  });
});
