import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { Companies } from '../../app/ports.ts';
import { Company } from '../../domain/company.ts';
import { batchGet } from './batch-get.ts';
import { changeItem, findItem, type ItemKind, insertItem } from './change-item.ts';
import { companyKey, entities } from './keys.ts';
import { outboxAttributes } from './outboxes.ts';
import { queryIndex } from './query-keys.ts';
import type { Tables } from './tables.ts';

/** Companies in the state table. */
export function makeCompanies(tables: Tables, table: string): Companies {
  const kind: ItemKind<Company> = {
    tables,
    table,
    schema: Company,
    attributes: (company) => ({
      ...(company.removed === undefined && { entity: entities.company, link: company.linkToken }),
      created: company.created,
      ...outboxAttributes(company),
    }),
  };
  return {
    insert: (company) => insertItem(kind, companyKey(company.id), company),
    find: (companyId) => findItem(kind, companyKey(companyId)),
    change: (companyId, decide) =>
      changeItem(kind, companyKey(companyId), (company) =>
        company === undefined ? { result: undefined } : decide(company),
      ),
    remove: async (companyId) => {
      await tables.send(new DeleteCommand({ TableName: table, Key: companyKey(companyId) }));
    },
    all: async () => {
      const keys = await queryIndex(
        tables,
        table,
        { name: 'by-entity', attribute: 'entity' },
        entities.company,
      );
      const items = await batchGet(tables, table, keys, { consistent: false });
      return items.map((item) => Company.parse(item['body']));
    },
    byLinkToken: async (token) => {
      const keys = await queryIndex(tables, table, { name: 'by-link', attribute: 'link' }, token);
      const key = keys.find(({ sk }) => sk === 'COMPANY');
      return key && findItem(kind, key);
    },
  };
}
