import type { LinkSettings } from '../../domain/integration.ts';
import { allowedOrigin, checkReturnUrl } from '../../domain/return-url.ts';
import type { LinkSettingsStore } from '../ports.ts';

export type SaveLinkSettings = (wish: { redirectUrl?: string | undefined }) => Promise<void>;

/** Saves where the browser goes after linking; without an address, or with an empty one, to our own page. */
export function makeSaveLinkSettings(deps: { linkSettings: LinkSettingsStore }): SaveLinkSettings {
  return async ({ redirectUrl = '' }) => {
    const { redirectUrl: _before, ...others } = await deps.linkSettings.find();
    if (redirectUrl !== '') checkReturnUrl(redirectUrl, others.allowedOrigins);
    await deps.linkSettings.save({ ...others, ...(redirectUrl === '' ? {} : { redirectUrl }) });
  };
}

/** What a deployer says of themselves; what is left out is gone. */
type Profile = Pick<LinkSettings, 'name' | 'redirectUrl' | 'logoUrl' | 'iconUrl' | 'allowedOrigins'>;

/** Replaces the profile. Of allowed addresses the origins count. Problem `invalid` with what to change. */
export function makeSaveProfile(deps: { linkSettings: LinkSettingsStore }) {
  return async ({ redirectUrl, allowedOrigins = [], ...profile }: Profile): Promise<void> => {
    const origins = [...new Set(allowedOrigins.map(allowedOrigin))];
    if (redirectUrl !== undefined) checkReturnUrl(redirectUrl, origins);
    await deps.linkSettings.save({
      ...profile,
      ...(redirectUrl === undefined ? {} : { redirectUrl }),
      ...(origins.length === 0 ? {} : { allowedOrigins: origins }),
    });
  };
}
