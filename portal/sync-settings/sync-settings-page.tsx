import { useLanguage } from '../language/language.tsx';
import { Page } from '../shell/page.tsx';
import { Retention } from './retention.tsx';
import { SettingsTable } from './settings-table.tsx';

/** How often all companies are read, and how long the past is kept. */
export function SyncSettingsPage() {
  const { t } = useLanguage();
  return (
    <Page title={t('syncSettings.title')} description={t('syncSettings.description')}>
      <SettingsTable />
      <Retention />
    </Page>
  );
}
