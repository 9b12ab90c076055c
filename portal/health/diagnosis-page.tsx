import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { useParams } from 'react-router-dom';
import { useApi } from '../api/api.tsx';
import type { Diagnosis } from '../api/health.ts';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { LoadedContent } from '../loading/loaded-content.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { useReturning } from '../loading/use-returning.ts';
import { Page } from '../shell/page.tsx';
import { companyPlace, places } from '../shell/places.ts';
import { ConsentFacts } from './consent-facts.tsx';
import { HealthAlert } from './health-alert.tsx';
import { LastRuns } from './last-runs.tsx';
import { ResourceTroubles } from './resource-troubles.tsx';
import { ScheduleFacts } from './schedule-facts.tsx';
import { TypeHealth } from './type-health.tsx';

/** Why a connection, or one of its data types, is not current: the answer first, then all that it rests on. */
export function DiagnosisPage() {
  const { t } = useLanguage();
  const { companyId = '', connectionId = '' } = useParams();
  const { companies, health } = useApi();
  const loadCompany = useCallback(() => companies.get(companyId), [companies, companyId]);
  const company = useLoaded(loadCompany);
  const load = useCallback(() => health.diagnose(companyId, connectionId), [health, companyId, connectionId]);
  const diagnosis = useLoaded(load);
  useReturning(diagnosis.reload);
  return (
    <Page
      title={t('diagnosis.title')}
      description={company.value?.name}
      above={[
        { text: t('companies.title'), to: places.companies },
        { text: company.value?.name ?? t('company.title'), to: companyPlace(companyId) },
      ]}
      actions={
        <Button iconName="refresh" loading={diagnosis.loading} onClick={() => void diagnosis.reload()}>
          {t('diagnosis.again')}
        </Button>
      }
    >
      <LoadedContent loaded={diagnosis}>
        {(value) => <Answer companyId={companyId} diagnosis={value} />}
      </LoadedContent>
    </Page>
  );
}

function Answer({ companyId, diagnosis }: { companyId: string; diagnosis: Diagnosis }) {
  const { t, language } = useLanguage();
  const { connectionId, health, at, troubles } = diagnosis;
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header description={t('diagnosis.asOf', { at: formatInstant(at, language) })}>
            {t('diagnosis.answer')}
          </Header>
        }
      >
        <HealthAlert health={health} companyId={companyId} connectionId={connectionId} />
      </Container>
      <TypeHealth diagnosis={diagnosis} companyId={companyId} />
      {troubles.length > 0 && <ResourceTroubles troubles={troubles} />}
      <ScheduleFacts diagnosis={diagnosis} />
      {diagnosis.consent && <ConsentFacts consent={diagnosis.consent} />}
      <LastRuns runs={diagnosis.lastRuns} />
    </SpaceBetween>
  );
}
