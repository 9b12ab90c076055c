import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Integration } from '../api/setup.ts';
import { useLanguage } from '../language/language.tsx';
import { plural } from '../language/plural.ts';
import { Go } from '../shell/go.tsx';
import { companyPlace } from '../shell/places.ts';
import { EnableToggle } from './enable-toggle.tsx';

type IntegrationStateProps = { integration: Integration; onChanged: (integration: Integration) => void };

/** Where FreshBooks stands: on or off, how many are linked, and who has to authorise again. */
export function IntegrationState({ integration, onChanged }: IntegrationStateProps) {
  const { t, language } = useLanguage();
  const { awaiting, linkedConnections } = integration;
  return (
    <Container header={<Header description={t('state.help')}>{t('state.title')}</Header>}>
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={2}
          items={[
            {
              label: t('state.enabled'),
              value: <EnableToggle integration={integration} onChanged={onChanged} />,
            },
            { label: t('state.linked'), value: linkedConnections.toLocaleString(language) },
          ]}
        />
        {awaiting.length > 0 && (
          <Alert
            type="warning"
            header={t(`state.awaiting.${plural(awaiting.length, language)}`, { count: awaiting.length })}
          >
            {t('state.awaiting.text')}
            <ul>
              {awaiting.map(({ connectionId, companyId, companyName }) => (
                <li key={connectionId}>
                  <Go to={companyPlace(companyId)}>{companyName}</Go>
                </li>
              ))}
            </ul>
          </Alert>
        )}
      </SpaceBetween>
    </Container>
  );
}
