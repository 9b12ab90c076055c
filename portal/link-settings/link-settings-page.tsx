import { useCallback } from 'react';
import { useApi } from '../api/api.tsx';
import { useLanguage } from '../language/language.tsx';
import { LoadedContent } from '../loading/loaded-content.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { Page } from '../shell/page.tsx';
import { ProfileForm } from './profile-form.tsx';

/** How customers link, where their browsers go when it is done, and how this installation names itself. */
export function LinkSettingsPage() {
  const { t } = useLanguage();
  const { profile, setup } = useApi();
  const load = useCallback(async () => {
    const [saved, links] = await Promise.all([profile.get(), setup.linkSettings()]);
    return { saved, links };
  }, [profile, setup]);
  const settings = useLoaded(load);
  return (
    <Page title={t('linkSettings.title')} description={t('linkSettings.description')}>
      <LoadedContent loaded={settings}>
        {({ saved, links }) => <ProfileForm profile={saved} links={links} />}
      </LoadedContent>
    </Page>
  );
}
