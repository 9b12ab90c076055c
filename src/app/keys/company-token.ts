import { plusSeconds } from '../../domain/instant.ts';
import { findCompany } from '../companies/find-company.ts';
import { digestOf } from '../digest.ts';
import type { ApiKeys, Clock, Companies, CompanyTokens } from '../ports.ts';
import type { NewSecret } from './key-text.ts';

/** How long one lasts: a day. */
export const companyTokenSeconds = 24 * 3600;

const prefix = 'lc_';

/** Whether a text may be a company's access token, and is no API key. */
export function isCompanyToken(text: string): boolean {
  return text.startsWith(prefix);
}

/**
 * Makes an access token by which a page or an app of the deployer's, in the hands of a customer, looks after the
 * connections of that one company. `keyId` is the API key that asked: the token ends with it. Only its digest is kept.
 */
export function makeCreateCompanyToken(deps: {
  companies: Pick<Companies, 'find'>;
  companyTokens: Pick<CompanyTokens, 'insert'>;
  clock: Clock;
  newSecret: NewSecret;
}) {
  return async (companyId: string, keyId?: string): Promise<string> => {
    await findCompany(deps.companies, companyId);
    const text = `${prefix}${deps.newSecret()}`;
    const expires = plusSeconds(deps.clock(), companyTokenSeconds);
    await deps.companyTokens.insert({
      digest: digestOf(text),
      companyId,
      expires,
      ...(keyId === undefined ? {} : { keyId }),
    });
    return text;
  };
}

/** The company that a token is for; nothing for one that is unknown, has ended, or whose API key was deleted. */
export type VerifyCompanyToken = (text: string) => Promise<{ companyId: string } | undefined>;

export function makeVerifyCompanyToken(deps: {
  companyTokens: Pick<CompanyTokens, 'find'>;
  apiKeys: Pick<ApiKeys, 'find'>;
  clock: Clock;
}): VerifyCompanyToken {
  return async (text) => {
    const token = await deps.companyTokens.find(digestOf(text));
    if (token === undefined || token.expires <= deps.clock()) return undefined;
    const { keyId, companyId } = token;
    if (keyId !== undefined && (await deps.apiKeys.find(keyId)) === undefined) return undefined;
    return { companyId };
  };
}
