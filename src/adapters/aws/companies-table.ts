import { BatchGetCommand, DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { Companies } from '../../app/ports.ts';
import { Company } from '../../domain/company.ts';
import { changeItem, findItem, type ItemKind, insertItem } from './change-item.ts';
import { companyKey, entities, type StateKey } from './keys.ts';
import { queryIndex } from './query-keys.ts';
import type { Tables } from './tables.ts';

/** BatchGetItem takes so many keys at once. */
const batch = 100;

/** Companies in the state table. */
export function makeCompanies(tables: Tables, table: string): Companies {
  const kind: ItemKind<Company> = {
    tables,
    table,
    schema: Company,
    attributes: (company) => ({
      entity: entities.company,
      created: company.created,
      link: company.linkToken,
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
      return readBatches(tables, table, keys);
    },
    byLinkToken: async (token) => {
      const keys = await queryIndex(tables, table, { name: 'by-link', attribute: 'link' }, token);
      const key = keys.find(({ sk }) => sk === 'COMPANY');
      return key && findItem(kind, key);
    },
  };
}

async function readBatches(tables: Tables, table: string, keys: StateKey[]): Promise<Company[]> {
  const companies: Company[] = [];
  for (let from = 0; from < keys.length; from += batch) {
    let wanted: Record<string, unknown>[] = keys.slice(from, from + batch);
    while (wanted.length > 0) {
      const reply = await tables.send(new BatchGetCommand({ RequestItems: { [table]: { Keys: wanted } } }));
      companies.push(...(reply.Responses?.[table] ?? []).map((item) => Company.parse(item['body'])));
      wanted = reply.UnprocessedKeys?.[table]?.Keys ?? [];
    }
  }
  return companies;
}
