import Header from '@cloudscape-design/components/header';
import type { TableProps } from '@cloudscape-design/components/table';
import { useCallback, useMemo } from 'react';
import { useApi } from '../api/api.tsx';
import type { DataStatus } from '../api/companies.ts';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { Empty } from '../loading/empty.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { useLookingAgain } from '../loading/use-looking-again.ts';
import { ProofLink } from '../proof/proof-link.tsx';
import { ListTable } from '../shell/list-table.tsx';
import { PullStatus, underWay } from './pull-status.tsx';

/** What is held of a company, data type by data type; looks again by itself while something is on its way. */
export function DataTypes({ companyId, refreshes }: { companyId: string; refreshes: number }) {
  const { t } = useLanguage();
  const { companies } = useApi();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a refresh asked for means that what was loaded is old
  const load = useCallback(() => companies.dataStatus(companyId), [companies, companyId, refreshes]);
  const { value, problem, loading, reload } = useLoaded(load);
  const columns = useColumns(companyId);
  const items = Object.values(value ?? {});
  const moving = items.some(({ currentStatus }) => underWay(currentStatus));
  useLookingAgain(moving, loading, reload);

  return (
    <>
      <ProblemAlert problem={problem} onRetry={() => void reload()} />
      <ListTable
        columnDefinitions={columns}
        items={items}
        trackBy="dataType"
        loading={loading && value === undefined}
        header={<Header description={t('dataTypes.help')}>{t('dataTypes.title')}</Header>}
        empty={<Empty title={t('dataTypes.empty.title')} text={t('dataTypes.empty.text')} />}
      />
    </>
  );
}

function useColumns(companyId: string): TableProps.ColumnDefinition<DataStatus>[] {
  const { t, word, language } = useLanguage();
  return useMemo(
    () => [
      {
        id: 'dataType',
        header: t('dataTypes.column.dataType'),
        isRowHeader: true,
        cell: ({ dataType }) => word('dataType', dataType),
      },
      {
        id: 'status',
        header: t('dataTypes.column.status'),
        minWidth: 225,
        cell: ({ currentStatus }) => <PullStatus status={currentStatus} />,
      },
      {
        id: 'lastSync',
        header: t('dataTypes.column.lastSync'),
        minWidth: 130,
        cell: ({ lastSuccessfulSync }) =>
          lastSuccessfulSync ? formatInstant(lastSuccessfulSync, language) : '–',
      },
      {
        id: 'why',
        header: t('diagnosis.column.why'),
        minWidth: 260,
        cell: ({ health }) => (
          <>
            {health.sentence} {health.state !== 'ok' && <strong>{health.action.sentence}</strong>}
          </>
        ),
      },
      {
        id: 'proof',
        header: t('proof.column'),
        cell: ({ dataType, lastSuccessfulSync }) =>
          lastSuccessfulSync ? <ProofLink companyId={companyId} dataType={dataType} /> : '–',
      },
    ],
    [t, word, language, companyId],
  );
}
