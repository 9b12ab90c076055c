import * as z from 'zod';
import type { ApiDeps } from './api-deps.ts';
import { operationsOf } from './operation.ts';

/** Makes a row of the public API's tables. */
export const apiOperation = operationsOf<ApiDeps>();

/** Ids are texts of any kind: FreshBooks' own are not ours to judge. */
export const Id = z.string().min(1).max(1024);

/** Path parameters that several operations share. */
export const CompanyPath = z.object({ companyId: Id });
export const ConnectionPath = z.object({ companyId: Id, connectionId: Id });
