import { describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../src/domain/connection.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { aCompany, aLinkedConnection, aProof, start } from '../../fakes/builders.ts';
import { ask, makeLinkedWorld, makeWorld, sentenceOf } from './api-world.ts';

const path = 'GET /companies/company-1/dataStatus/invoices/proof';
const digest = 'ab'.repeat(32);

const snapshot = (resource: string) => ({
  manifest: `books/company-1/connection-1/${resource}/manifest/4.json`,
  count: 250,
  digest,
});

/** A world whose invoices are made of `invoices` and `systems`, of which FreshBooks has no row. */
async function makeProvenWorld(resources: Connection['resources'] = {}, message?: string) {
  const world = await makeWorld();
  await world.companies.insert(aCompany());
  await world.connections.insert(
    aLinkedConnection({
      datasets: {
        invoices: {
          status: 'Complete',
          snapshot: snapshot('unified/invoices'),
          lastSuccess: start,
          projectedFrom: `1 invoices:${digest.slice(0, 16)} systems:none`,
          ...(message === undefined ? {} : { message }),
        },
      },
      resources: {
        invoices: { snapshot: snapshot('raw/invoices'), proof: aProof() },
        systems: { proof: aProof({ rowsRead: 0, held: 0, deleted: 0, digest: '' }) },
        ...resources,
      },
    }),
  );
  return world;
}

describe('the proof of a data type', () => {
  it('shows the latest certificate of each resource, and what is served', async () => {
    const world = await makeProvenWorld();

    const { body } = await ask(world, path);

    expect(body).toEqual({
      dataType: 'invoices',
      connectionId: 'connection-1',
      controls: [],
      drift: [],
      complete: true,
      lastSuccessfulSync: start,
      records: { count: 250, digest },
      resources: [
        { resource: 'invoices', projected: true, certificate: aProof() },
        {
          resource: 'systems',
          projected: true,
          certificate: aProof({ rowsRead: 0, held: 0, deleted: 0, digest: '' }),
        },
      ],
    });
  });

  it('tells what could not be mapped', async () => {
    const world = await makeProvenWorld({}, 'Could not be mapped and keep what was held before: 7.');

    expect((await ask(world, path)).body).toMatchObject({
      message: 'Could not be mapped and keep what was held before: 7.',
    });
  });

  it('is not complete when a read was not, and says why', async () => {
    const proof = aProof({ complete: false, hiddenRows: 3, warnings: ['3 rows are counted and not shown.'] });
    const world = await makeProvenWorld({ invoices: { snapshot: snapshot('raw/invoices'), proof } });

    expect((await ask(world, path)).body).toMatchObject({
      complete: false,
      resources: [{ certificate: { hiddenRows: 3, warnings: ['3 rows are counted and not shown.'] } }, {}],
    });
  });

  it('says what it says to people in French, and leaves what nobody wrote in it', async () => {
    const warnings = [
      'invoices: 40 rows are missing at once; they are kept until the next read finds the same',
      'systems: the FreshBooks plan of this business does not include it (HTTP 200, errno 41001).',
      'Something that nobody has translated.',
    ];
    const world = await makeProvenWorld({
      invoices: { snapshot: snapshot('raw/invoices'), proof: aProof({ warnings }) },
    });
    await world.connections.change({ companyId: 'company-1', connectionId: 'connection-1' }, (held) => {
      const invoices = held.datasets['invoices'];
      const why = 'FreshBooks has not been asked in this currency yet; the next run asks.';
      const controls = [
        { report: 'accounts_aging', currency: 'EUR', verdict: 'not comparable' as const, why },
        { report: 'accounts_aging', currency: 'CAD', ours: 9, theirs: 10, verdict: 'differs' as const },
      ];
      const datasets = { ...held.datasets, ...(invoices && { invoices: { ...invoices, controls } }) };
      return { next: { ...held, datasets }, result: undefined };
    });

    const { body } = await ask(world, path, { headers: { 'accept-language': 'fr-CA' } });

    expect(body).toMatchObject({
      message: 'Le rapport accounts_aging de FreshBooks donne 10 CAD, ce qui est conservé 9.',
      resources: [
        {
          certificate: {
            warnings: [
              'invoices : 40 lignes manquent d’un coup; elles sont conservées jusqu’à ce que la prochaine lecture constate la même chose',
              'systems : le forfait FreshBooks de cette entreprise ne le comprend pas (HTTP 200, errno 41001).',
              'Something that nobody has translated.',
            ],
          },
        },
        {},
      ],
      controls: [
        { why: 'FreshBooks n’a pas encore été interrogé dans cette devise; la prochaine lecture le fera.' },
        { verdict: 'differs' },
      ],
    });
  });

  it('is not complete when the records are made of an older read than the one it certifies', async () => {
    const newer = { ...snapshot('raw/invoices'), digest: 'cd'.repeat(32) };
    const world = await makeProvenWorld({ invoices: { snapshot: newer, proof: aProof() } });

    expect((await ask(world, path)).body).toMatchObject({
      complete: false,
      resources: [
        { resource: 'invoices', projected: false },
        { resource: 'systems', projected: true },
      ],
    });
  });

  it('is not complete without a certificate', async () => {
    const world = await makeProvenWorld({ systems: {} });

    expect((await ask(world, path)).body).toMatchObject({
      complete: false,
      resources: [{}, { resource: 'systems', projected: true }],
    });
  });

  it('is refused for a data type that FreshBooks does not have, and for one that was not read', async () => {
    const unknown = await ask(await makeLinkedWorld(), 'GET /companies/company-1/dataStatus/nonsense/proof');
    const unread = await ask(await makeLinkedWorld(), path);

    expect([unknown.status, sentenceOf(unknown)]).toEqual([
      404,
      'Datatype [nonsense] not supported by platform(s) [FreshBooks].',
    ]);
    expect([unread.status, sentenceOf(unread)]).toEqual([
      409,
      'The data set has not been requested. Ask for it with "refresh data" first.',
    ]);
  });
});

describe('the proof of a resource', () => {
  const proofOf = (resource: string) =>
    `GET /companies/company-1/connections/connection-1/freshbooks/${resource}/proof`;
  const message =
    'projects: the role that the person who connected has in FreshBooks may not read it (HTTP 403).';
  const refused = { status: 'PermissionsError' as const, message, at: plusSeconds(start, 3600) };
  const projects = { snapshot: snapshot('raw/projects'), proof: aProof() };

  it('shows the certificate of one that no data type is made of', async () => {
    const world = await makeProvenWorld({ projects });

    expect((await ask(world, proofOf('projects'))).body).toEqual({
      resource: 'projects',
      connectionId: 'connection-1',
      complete: true,
      lastSuccessfulSync: start,
      rows: { count: 250, digest },
      certificate: aProof(),
    });
  });

  it('is whole where FreshBooks has no row, as for one that a data type is made of', async () => {
    expect((await ask(await makeProvenWorld(), proofOf('systems'))).body).toMatchObject({
      complete: true,
      rows: { count: 0, digest: '' },
    });
  });

  it('says in plain words why it could not be read, beside what was proven before', async () => {
    const world = await makeProvenWorld({ projects: { ...projects, trouble: refused } });

    const { body } = await ask(world, proofOf('projects'));
    const french = await ask(world, proofOf('projects'), { headers: { 'accept-language': 'fr-CA' } });

    expect(body).toMatchObject({
      complete: false,
      lastSuccessfulSync: start,
      certificate: aProof(),
      trouble: refused,
    });
    expect(french.body).toMatchObject({
      trouble: { message: expect.stringContaining('le rôle que la personne') },
    });
  });

  it.each([
    ['was never read', { trouble: refused }],
    ['was read in part', { ...projects, proof: aProof({ complete: false }) }],
    ['holds something else than was proven', { ...projects, proof: aProof({ digest: 'cd'.repeat(32) }) }],
    ['has no certificate', { snapshot: snapshot('raw/projects') }],
  ])('is not complete while it %s', async (_, state) => {
    const world = await makeProvenWorld({ projects: state });

    expect((await ask(world, proofOf('projects'))).body).toMatchObject({ complete: false });
  });

  it('keeps to itself what is not for people', async () => {
    const trouble = { ...refused, reason: 'services-down' as const };
    const world = await makeProvenWorld({ projects: { trouble } });

    expect((await ask(world, proofOf('projects'))).body).toHaveProperty('trouble', refused);
  });

  it('is also told in the proof of the data type that is made of it', async () => {
    const invoices = { snapshot: snapshot('raw/invoices'), proof: aProof(), trouble: refused };
    const world = await makeProvenWorld({ invoices });

    expect((await ask(world, path)).body).toMatchObject({ resources: [{ trouble: refused }, {}] });
  });

  it.each(['nonsense', 'constructor'])('is refused for %s, and says what there is', async (resource) => {
    const answer = await ask(await makeProvenWorld(), proofOf(resource));

    expect([answer.status, sentenceOf(answer)]).toEqual([
      404,
      `The resource [${resource}] of FreshBooks is not read through this connection. There are invoices, systems.`,
    ]);
  });
});
