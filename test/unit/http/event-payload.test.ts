import { expect, it } from '@jest/globals';
import { makeRenderEvent } from '../../../src/http/wire/event-payload.ts';
import { aLinkedConnection } from '../../fakes/builders.ts';

const render = makeRenderEvent('https://books.example.com');

it('a field that is new to us is told by its name, with where to look at it', () => {
  const connection = aLinkedConnection();
  const event = {
    id: 'e',
    type: 'dataset.drift' as const,
    at: '2026-03-02T15:00:00.000Z',
    drift: { dataType: 'invoices', found: [{ resource: 'invoices', field: 'colour', rows: 3 }] },
  };

  expect(render(event, { companyId: 'company-1', connection })).toEqual({
    referenceCompany: {
      id: 'company-1',
      tags: {},
      links: { portal: 'https://books.example.com/portal/companies/company-1' },
    },
    connectionId: connection.id,
    dataType: 'invoices',
    found: [
      {
        resource: 'invoices',
        field: 'colour',
        rows: 3,
        links: {
          raw: `https://books.example.com/companies/company-1/connections/${connection.id}/freshbooks/invoices`,
        },
      },
    ],
    links: { portal: 'https://books.example.com/portal/companies/company-1' },
  });
});
