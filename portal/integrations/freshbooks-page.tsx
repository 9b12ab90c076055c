import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { Integration } from '../api/setup.ts';
import { useLanguage } from '../language/language.tsx';
import { LoadedContent } from '../loading/loaded-content.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { useNotices } from '../shell/notices.tsx';
import { Page } from '../shell/page.tsx';
import { places } from '../shell/places.ts';
import { CreateAppGuide } from './create-app-guide.tsx';
import { EnableDialog } from './enable-dialog.tsx';
import { IntegrationState } from './integration-state.tsx';
import { KeyUse } from './key-use.tsx';
import { KeysSettings } from './keys-settings.tsx';
import { RefusedConsents } from './refused-consents.tsx';
import { ScopeSettings } from './scope-settings.tsx';

/** FreshBooks' settings: the guide and the keys at first, then the state, the keys and the scopes. */
export function FreshBooksPage() {
  const { t } = useLanguage();
  const { setup } = useApi();
  const integration = useLoaded(setup.integration);
  return (
    <Page
      title="FreshBooks"
      description={t('freshbooks.description')}
      above={[{ text: t('integrations.title'), to: places.integrations }]}
    >
      <LoadedContent loaded={integration}>
        {(value) => <FreshBooksSettings integration={value} onChanged={integration.put} />}
      </LoadedContent>
    </Page>
  );
}

type SettingsProps = { integration: Integration; onChanged: (integration: Integration) => void };

function FreshBooksSettings({ integration, onChanged }: SettingsProps) {
  const { t } = useLanguage();
  const { tell } = useNotices();
  const [chosen, setChosen] = useState<readonly string[]>(integration.scopes);
  const [offering, setOffering] = useState(false);

  const saved = (next: Integration) => {
    onChanged(next);
    tell({ type: 'success', content: t('keys.savedNotice', { version: next.appVersion ?? 1 }) });
    setOffering(!next.enabled);
    // What was saved and the switch stand at the top; the form was at the bottom.
    window.scrollTo({ top: 0 });
  };
  const scopes = (
    <ScopeSettings
      key="scopes"
      integration={integration}
      chosen={chosen}
      onChoose={setChosen}
      onChanged={onChanged}
    />
  );
  const keys = <KeysSettings key="keys" integration={integration} chosen={chosen} onSaved={saved} />;
  return (
    <SpaceBetween size="l">
      {integration.configured && <RefusedConsents />}
      {integration.configured ? (
        <IntegrationState integration={integration} onChanged={onChanged} />
      ) : (
        <CreateAppGuide redirectUri={integration.redirectUri} />
      )}
      {integration.configured
        ? [keys, <KeyUse key={`key-use-${integration.appVersion}`} />, scopes]
        : [scopes, keys]}
      {integration.configured && (
        <ExpandableSection headerText={t('guide.again')}>
          <CreateAppGuide redirectUri={integration.redirectUri} />
        </ExpandableSection>
      )}
      {offering && <EnableDialog onEnabled={onChanged} onClose={() => setOffering(false)} />}
    </SpaceBetween>
  );
}
