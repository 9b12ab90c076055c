import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useApi } from '../api/api.tsx';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { Confirm } from '../shell/confirm.tsx';
import { Go } from '../shell/go.tsx';
import { diagnosisPlace } from '../shell/places.ts';

/** That FreshBooks refused many consents at once, and what is done about it; nothing while it did not. */
export function RefusedConsents() {
  const { t, language } = useLanguage();
  const { keyUse } = useApi();
  const refusals = useLoaded(keyUse.refusals);
  const [asking, setAsking] = useState(false);
  const { storm, advice, held = [] } = refusals.value ?? {};
  if (!storm) return null;
  return (
    <>
      <Alert
        type={advice?.code === 'check-app' ? 'error' : 'warning'}
        header={t('refusals.title', { count: storm.count, at: formatInstant(storm.since, language) })}
        action={<Button onClick={() => setAsking(true)}>{t('refusals.believe')}</Button>}
      >
        <SpaceBetween size="xs">
          <div>{advice?.sentence}</div>
          <ul className="plain">
            {held.map(({ companyId, companyName, connectionId }) => (
              <li key={connectionId}>
                <Go to={diagnosisPlace(companyId, connectionId)}>{companyName}</Go>
              </li>
            ))}
          </ul>
        </SpaceBetween>
      </Alert>
      {asking && (
        <Confirm
          title={t('refusals.believe.title')}
          confirmText={t('refusals.believe')}
          onConfirm={async () => refusals.put(await keyUse.believe())}
          onClose={() => setAsking(false)}
        >
          {t('refusals.believe.text')}
        </Confirm>
      )}
    </>
  );
}
