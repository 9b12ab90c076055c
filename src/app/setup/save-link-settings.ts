import { checkReturnUrl } from '../../domain/return-url.ts';
import type { LinkSettingsStore } from '../ports.ts';

export type SaveLinkSettings = (wish: { redirectUrl?: string | undefined }) => Promise<void>;

/** Saves where the browser goes after linking; without an address, or with an empty one, to our own page. */
export function makeSaveLinkSettings(deps: { linkSettings: LinkSettingsStore }): SaveLinkSettings {
  return async ({ redirectUrl = '' }) => {
    if (redirectUrl === '') return deps.linkSettings.save({});
    checkReturnUrl(redirectUrl);
    await deps.linkSettings.save({ redirectUrl });
  };
}
