import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { useParams } from 'react-router-dom';
import { useApi } from '../api/api.tsx';
import { useLanguage } from '../language/language.tsx';
import { LoadedContent } from '../loading/loaded-content.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { Page } from '../shell/page.tsx';
import { companyPlace, places } from '../shell/places.ts';
import { ControlTotals } from './control-totals.tsx';
import { DriftFound } from './drift-found.tsx';
import { ProofFacts } from './proof-facts.tsx';
import { ResourceProofs } from './resource-proofs.tsx';

/** What shows that a data type holds everything that FreshBooks has: what was counted, and the totals that agree. */
export function ProofPage() {
  const { t, word } = useLanguage();
  const { companyId = '', dataType = '' } = useParams();
  const { companies, proof } = useApi();
  const loadCompany = useCallback(() => companies.get(companyId), [companies, companyId]);
  const company = useLoaded(loadCompany);
  const load = useCallback(() => proof.of(companyId, dataType), [proof, companyId, dataType]);
  const loaded = useLoaded(load);
  return (
    <Page
      title={t('proof.title', { dataType: word('dataType', dataType) })}
      description={t('proof.help')}
      above={[
        { text: t('companies.title'), to: places.companies },
        { text: company.value?.name ?? t('company.title'), to: companyPlace(companyId) },
      ]}
    >
      <LoadedContent loaded={loaded}>
        {(value) => (
          <SpaceBetween size="l">
            <ProofFacts proof={value} />
            <ResourceProofs resources={value.resources} />
            <ControlTotals controls={value.controls} />
            {value.drift.length > 0 && <DriftFound drift={value.drift} />}
          </SpaceBetween>
        )}
      </LoadedContent>
    </Page>
  );
}
