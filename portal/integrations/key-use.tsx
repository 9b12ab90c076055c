import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useApi } from '../api/api.tsx';
import type { OnOlderKeys, KeyUse as Use } from '../api/key-use.ts';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { Go } from '../shell/go.tsx';
import { diagnosisPlace } from '../shell/places.ts';

const alerts = { wait: 'info', 'authorise-again': 'warning', 'remove-old-secret': 'success' } as const;

/** Which consents still hang on keys that were replaced; nothing while there are no older ones. */
export function KeyUse() {
  const { keyUse } = useApi();
  const use = useLoaded(keyUse.get).value;
  return use && <Replaced use={use} />;
}

function Replaced({ use }: { use: Use }) {
  const { t } = useLanguage();
  const { code, sentence } = use.advice;
  if (code === 'save-keys' || code === 'no-older-keys') return null;
  return (
    <Container header={<Header description={t('keyUse.help')}>{t('keyUse.title')}</Header>}>
      <SpaceBetween size="l">
        <Alert type={alerts[code]}>{sentence}</Alert>
        <KeyValuePairs
          columns={3}
          items={use.versions.map(({ version, consents, connections }) => ({
            label: t(version === use.current ? 'keyUse.present' : 'keyUse.older', { version }),
            value: t('keyUse.counts', { consents, connections }),
          }))}
        />
        {use.onOlderKeys.length > 0 && (
          <ul className="plain">
            {use.onOlderKeys.map((one) => (
              <Older key={one.connectionId} one={one} />
            ))}
          </ul>
        )}
      </SpaceBetween>
    </Container>
  );
}

function Older({ one }: { one: OnOlderKeys }) {
  const { t, language } = useLanguage();
  const { companyId, connectionId, companyName, version, movesAfter } = one;
  return (
    <li>
      <Go to={diagnosisPlace(companyId, connectionId)}>{companyName}</Go>{' '}
      {movesAfter === undefined
        ? t('keyUse.staysOn', { version })
        : t('keyUse.moves', { version, at: formatInstant(movesAfter, language) })}
    </li>
  );
}
