import type { UnifiedRecord } from '../../app/ports.ts';
import { toCompanyInfo } from '../types/company.ts';
import { System } from '../types/systems.ts';
import { Member } from '../types/users-me.ts';
import { forEachRow, mapped, type Projection, typed } from './rows.ts';

/** The one record of the company's information. */
export async function* projectCompany(projection: Projection): AsyncGenerator<UnifiedRecord> {
  const found: System[] = [];
  await forEachRow('systems', projection, (row) => {
    if (!row.deleted) found.push(typed(System, row));
  });
  yield* mapped('users_me', projection, (row) => toCompanyInfo(typed(Member, row).business, found[0]));
}
