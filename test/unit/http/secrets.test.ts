import { describe, expect, it } from '@jest/globals';
import type { RawRow } from '../../../src/app/ports.ts';
import { unpackLines } from '../../../src/books/segment.ts';
import { makeReadResource } from '../../../src/freshbooks/read-resource.ts';
import { business, clientOn, reply } from '../freshbooks/fake-freshbooks.ts';
import { ask } from './api-world.ts';
import { makeBookedWorld, publishRecords, readRows } from './run-books.ts';

// FreshBooks puts credentials of people into rows. They are never kept, so no reply has them: each is a canary here.

const canary = 'canary-7f3a';
const counters = { page: 1, pages: 1, per_page: 100, total: 1 };

/** What FreshBooks answers for each resource that carries a credential. */
const answers = {
  staff: {
    response: {
      result: {
        staff: [{ id: 1, fname: 'Ryen', email: 'ryen@example.com', vis_state: 0, api_token: canary }],
        ...counters,
      },
    },
  },
  clients: {
    response: {
      result: {
        clients: [
          {
            id: 7,
            organization: 'Étoile',
            vis_state: 0,
            updated: '2026-06-01 10:00:00',
            direct_link_token: canary,
            statement_token: canary,
            password: canary,
          },
        ],
        ...counters,
      },
    },
  },
  users_me: {
    response: {
      id: 12,
      fasttrack_token: canary,
      business_memberships: [
        { id: 3, role: 'owner', fasttrack_token: canary, business: { id: 7001, name: 'Busy Agency' } },
      ],
    },
  },
} as const;

/** The rows that a worker keeps of an answer. */
async function rowsOf(resource: keyof typeof answers): Promise<RawRow[]> {
  const rows: RawRow[] = [];
  const read = makeReadResource(clientOn(async () => reply(answers[resource])));
  await read({
    resource,
    business,
    runId: 'run-1',
    token: async () => 'access',
    refused: async () => 'access',
    heldIds: async () => new Set(),
    onRows: async (some) => {
      rows.push(...some);
    },
    deadline: '2099-01-01T00:00:00.000Z',
  });
  return rows;
}

describe('a credential in what FreshBooks answers', () => {
  it.each([
    ['staff', '1', 'Ryen'],
    ['clients', '7', 'Étoile'],
    ['users_me', '7001', 'Busy Agency'],
  ] as const)('of %s is in no reply and in no object', async (resource, id, shown) => {
    const world = await makeBookedWorld();
    await readRows(world, resource, await rowsOf(resource));
    await publishRecords(
      world,
      'customers',
      [resource],
      [{ id, deleted: false, record: { id, status: 'Active' } }],
    );

    const raw = '/companies/company-1/connections/connection-1/freshbooks';
    const replies = await Promise.all([
      ask(world, `GET ${raw}/${resource}`),
      ask(world, `GET ${raw}/${resource}/${id}/history`),
      ask(world, 'GET /companies/company-1/data/customers?include=raw'),
    ]);
    const kept = world.objects.names().filter((name) => name.endsWith('.zst'));
    const lines = await Promise.all(
      kept.map(async (name) => unpackLines((await world.objects.get(name)) ?? new Uint8Array())),
    );

    for (const { body } of replies) expect(JSON.stringify(body)).toContain(shown);
    expect(JSON.stringify([replies, lines])).not.toContain(canary);
  });
});
