import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { useApi } from '../api/api.tsx';
import type { Connection } from '../api/companies.ts';
import { useLanguage } from '../language/language.tsx';
import { LoadedContent } from '../loading/loaded-content.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { Go } from '../shell/go.tsx';
import { diagnosisPlace } from '../shell/places.ts';
import { HealthAlert } from './health-alert.tsx';

type ConnectionHealthProps = { companyId: string; connection: Connection };

/** How a connection stands, and the way to all that is known of it; looked at anew whenever the connection is. */
export function ConnectionHealth({ companyId, connection }: ConnectionHealthProps) {
  const { t } = useLanguage();
  const { health } = useApi();
  const load = useCallback(
    () => health.ofConnection(companyId, connection.id),
    [health, companyId, connection],
  );
  const loaded = useLoaded(load);
  return (
    <SpaceBetween size="s">
      <LoadedContent loaded={loaded}>
        {(value) => <HealthAlert health={value} companyId={companyId} connectionId={connection.id} />}
      </LoadedContent>
      <Go to={diagnosisPlace(companyId, connection.id)}>{t('health.why')}</Go>
    </SpaceBetween>
  );
}
