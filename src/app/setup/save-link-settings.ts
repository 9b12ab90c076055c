import type { LinkSettings } from '../../domain/integration.ts';
import type { OneTimeLinkSetting } from '../../domain/one-time-link.ts';
import { allowedOrigin, checkReturnUrl } from '../../domain/return-url.ts';
import type { LinkSettingsStore } from '../ports.ts';

type LinkSettingsWish = {
  redirectUrl?: string | undefined;
  oneTimeLinks?: OneTimeLinkSetting | undefined;
};
export type SaveLinkSettings = (wish: LinkSettingsWish) => Promise<void>;

/**
 * Saves where the browser goes after linking; without an address, or with an empty one, to our own page. Whether links
 * work once stays as it was unless it is said: nobody is to open links to everybody by leaving something out.
 */
export function makeSaveLinkSettings(deps: { linkSettings: LinkSettingsStore }): SaveLinkSettings {
  return async ({ redirectUrl = '', oneTimeLinks }) => {
    const { redirectUrl: _before, ...others } = await deps.linkSettings.find();
    if (redirectUrl !== '') checkReturnUrl(redirectUrl, others.allowedOrigins);
    await deps.linkSettings.save({
      ...others,
      ...(redirectUrl === '' ? {} : { redirectUrl }),
      ...(oneTimeLinks === undefined ? {} : { oneTimeLinks }),
    });
  };
}

/** What a deployer says of themselves; what is left out is gone. */
type Profile = Pick<LinkSettings, 'name' | 'redirectUrl' | 'logoUrl' | 'iconUrl' | 'allowedOrigins'>;

/** Replaces the profile, and no other link setting. Of allowed addresses the origins count. Problem `invalid` with what to change. */
export function makeSaveProfile(deps: { linkSettings: LinkSettingsStore }) {
  return async ({ redirectUrl, allowedOrigins = [], ...profile }: Profile): Promise<void> => {
    const origins = [...new Set(allowedOrigins.map(allowedOrigin))];
    if (redirectUrl !== undefined) checkReturnUrl(redirectUrl, origins);
    const { oneTimeLinks, pageOrigins } = await deps.linkSettings.find();
    await deps.linkSettings.save({
      ...(oneTimeLinks === undefined ? {} : { oneTimeLinks }),
      ...(pageOrigins === undefined ? {} : { pageOrigins }),
      ...profile,
      ...(redirectUrl === undefined ? {} : { redirectUrl }),
      ...(origins.length === 0 ? {} : { allowedOrigins: origins }),
    });
  };
}

/** Replaces the origins whose pages may call with a company's access token. Problem `invalid` for what is no origin. */
export function makeSavePageOrigins(deps: { linkSettings: LinkSettingsStore }) {
  return async (addresses: readonly string[]): Promise<void> => {
    const pageOrigins = [...new Set(addresses.map(allowedOrigin))];
    await deps.linkSettings.save({ ...(await deps.linkSettings.find()), pageOrigins });
  };
}
