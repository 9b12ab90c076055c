import type { Outcome } from '../../domain/attempt-moves.ts';
import type { ConnectionRef } from '../../domain/connection.ts';
import { integrationId, integrationKey, sourceId } from '../../domain/integration.ts';
import { allowedReturnUrl, fillReturnUrl, type ReturnPlaceholder } from '../../domain/return-url.ts';
import type { Companies, LinkSettingsStore } from '../ports.ts';
import { outcomeStatus } from './end-attempt.ts';

/** How the customer leaves: an outcome, or `left` without doing anything because the connection was linked already. */
type Leaving = {
  ref: ConnectionRef;
  how: Outcome | 'left';
  parameters: Readonly<Record<string, string>>;
};

const left = { statusCode: '201', text: '' } as const;

/** What clients of this API compare with, one for each status; `statusText` has what really happened. */
const errorMessages = {
  200: '',
  201: '',
  403: 'User cancelled.',
  500: 'Unknown error occurred.',
  501: 'Not supported.',
} as const;

/** The deployer's own page to go on to, filled in; `undefined` when there is none. */
export type ReturnAddress = (leaving: Leaving) => Promise<string | undefined>;

type Deps = { linkSettings: Pick<LinkSettingsStore, 'find'>; companies: Pick<Companies, 'find'> };

export function makeReturnAddress({ linkSettings, companies }: Deps): ReturnAddress {
  return async ({ ref, how, parameters }) => {
    const { redirectUrl, allowedOrigins = [] } = await linkSettings.find();
    if (redirectUrl === undefined) return undefined;
    const { statusCode, text } = how === 'left' ? left : outcomeStatus[how];
    const reserved = {
      // There is one deployer per installation, so there is no id to tell them apart by.
      clientId: '',
      connectionId: ref.connectionId,
      companyId: ref.companyId,
      integrationId,
      sourceId,
      platform: integrationKey,
      platformName: 'FreshBooks',
      sourceType: 'Accounting',
      statusCode,
      errorMessage: errorMessages[statusCode],
      statusText: text,
      'data.company.companyName': (await companies.find(ref.companyId))?.name ?? '',
    } as const satisfies Record<ReturnPlaceholder, string>;
    const filled = fillReturnUrl(redirectUrl, { ...parameters, ...reserved });
    return allowedReturnUrl(redirectUrl, filled, allowedOrigins);
  };
}
