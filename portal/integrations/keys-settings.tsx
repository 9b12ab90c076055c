import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import type { Integration } from '../api/setup.ts';
import { Copy } from '../copying/copy.tsx';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { KeysForm } from './keys-form.tsx';

type KeysSettingsProps = {
  integration: Integration;
  /** The scopes chosen on the page: the first save takes them along. */
  chosen: readonly string[];
  onSaved: (integration: Integration) => void;
};

/** Integration settings: the app's keys, asked for, or kept with the way to replace them. */
export function KeysSettings({ integration, chosen, onSaved }: KeysSettingsProps) {
  const { t } = useLanguage();
  const [replacing, setReplacing] = useState(false);
  if (integration.configured && !replacing) {
    return <SavedKeys integration={integration} onReplace={() => setReplacing(true)} />;
  }
  return (
    <Container
      header={
        <Header description={t(integration.configured ? 'keys.replaceHelp' : 'keys.help')}>
          {t('keys.title')}
        </Header>
      }
    >
      <KeysForm
        // Saved scopes are changed by their own button, which says first who has to authorise again.
        {...(integration.configured ? {} : { scopes: chosen })}
        clientId={integration.clientId ?? ''}
        onSaved={(next) => {
          setReplacing(false);
          onSaved(next);
        }}
        {...(integration.configured ? { onCancel: () => setReplacing(false) } : {})}
      />
    </Container>
  );
}

function SavedKeys({ integration, onReplace }: { integration: Integration; onReplace: () => void }) {
  const { t, language } = useLanguage();
  const { clientId = '', appVersion = 1, keysSaved, redirectUri } = integration;
  return (
    <Container
      header={
        <Header
          description={t('keys.savedHelp')}
          actions={<Button onClick={onReplace}>{t('keys.replace')}</Button>}
        >
          {t('keys.title')}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={3}
          items={[
            {
              label: t('keys.clientSecret'),
              value: <StatusIndicator type="success">{t('keys.saved')}</StatusIndicator>,
            },
            { label: t('keys.savedOn'), value: keysSaved ? formatInstant(keysSaved, language) : '–' },
            { label: t('keys.version'), value: appVersion },
          ]}
        />
        <KeyValuePairs
          columns={2}
          minColumnWidth={280}
          items={[
            { label: t('keys.clientId'), value: <Copy text={clientId} name={t('keys.clientId')} /> },
            {
              label: t('guide.redirectUriName'),
              value: <Copy text={redirectUri} name={t('guide.redirectUriName')} />,
            },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}
