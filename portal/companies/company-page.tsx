import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useCallback, useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { useApi } from '../api/api.tsx';
import type { Company } from '../api/companies.ts';
import { useLanguage } from '../language/language.tsx';
import { LoadedContent } from '../loading/loaded-content.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { type Loaded, useLoaded } from '../loading/use-loaded.ts';
import { useReturning } from '../loading/use-returning.ts';
import { useNotices } from '../shell/notices.tsx';
import { Page } from '../shell/page.tsx';
import { companyPlace, places } from '../shell/places.ts';
import { SettingsTable } from '../sync-settings/settings-table.tsx';
import { ConnectionList } from './connection-list.tsx';
import { CustomerLink } from './customer-link.tsx';
import { DataTypes } from './data-types.tsx';
import { DeleteCompany } from './delete-company.tsx';
import { ReadHistory } from './read-history.tsx';

/** One company: its link, its connections, its data and what was read. */
export function CompanyPage() {
  const { t } = useLanguage();
  const { companyId = '' } = useParams();
  const { companies } = useApi();
  const load = useCallback(() => companies.get(companyId), [companies, companyId]);
  const company = useLoaded(load);
  useReturning(company.reload);
  const refreshing = useRefresh(companyId);
  const [deleting, setDeleting] = useState(false);

  const linked = company.value?.dataConnections?.some(({ status }) => status === 'Linked') ?? false;
  return (
    <Page
      title={company.value?.name ?? t('company.title')}
      description={company.value?.description}
      above={[{ text: t('companies.title'), to: places.companies }]}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button disabled={!company.value} onClick={() => setDeleting(true)}>
            {t('company.delete')}
          </Button>
          <Button
            variant="primary"
            iconName="refresh"
            loading={refreshing.busy}
            disabled={!linked}
            disabledReason={t('company.refreshNeedsLink')}
            onClick={() => void refreshing.refresh()}
          >
            {t('company.refresh')}
          </Button>
        </SpaceBetween>
      }
    >
      <ProblemAlert problem={refreshing.problem} />
      <LoadedContent loaded={company}>
        {(value) => (
          <>
            <CompanyTabs company={value} loaded={company} refreshes={refreshing.count} />
            {deleting && <DeleteCompany company={value} onClose={() => setDeleting(false)} />}
          </>
        )}
      </LoadedContent>
    </Page>
  );
}

type CompanyTabsProps = { company: Company; loaded: Loaded<Company>; refreshes: number };

function CompanyTabs({ company, loaded, refreshes }: CompanyTabsProps) {
  const { t } = useLanguage();
  const { tab = 'connections' } = useParams();
  const navigate = useNavigate();
  return (
    <Tabs
      activeTabId={tab}
      ariaLabel={company.name}
      onChange={({ detail }) => navigate(`${companyPlace(company.id)}/${detail.activeTabId}`)}
      tabs={[
        {
          id: 'connections',
          label: t('connections.title'),
          content: (
            <SpaceBetween size="l">
              <CustomerLink company={company} />
              <ConnectionList company={company} onChanged={() => void loaded.reload()} />
            </SpaceBetween>
          ),
        },
        {
          id: 'data',
          label: t('dataTypes.title'),
          content: <DataTypes companyId={company.id} refreshes={refreshes} />,
        },
        {
          id: 'history',
          label: t('history.title'),
          content: <ReadHistory companyId={company.id} refreshes={refreshes} />,
        },
        {
          id: 'sync',
          label: t('syncSettings.title'),
          content: <SettingsTable companyId={company.id} />,
        },
      ]}
    />
  );
}

/** Refresh data: asks for every data type anew and goes to where the progress shows. */
function useRefresh(companyId: string) {
  const { t } = useLanguage();
  const { companies } = useApi();
  const { tell } = useNotices();
  const navigate = useNavigate();
  const { busy, problem, run } = useDoing();
  const [count, setCount] = useState(0);
  const refresh = () =>
    run(async () => {
      await companies.refresh(companyId);
      const place = `${companyPlace(companyId)}/data`;
      tell({ type: 'success', content: t('company.refreshAsked') }, place);
      setCount((before) => before + 1);
      navigate(place);
    });
  return { busy, problem, count, refresh };
}
