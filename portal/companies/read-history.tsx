import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import type { TableProps } from '@cloudscape-design/components/table';
import { useCallback, useMemo, useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { PullOperation } from '../api/companies.ts';
import { formatInstant, formatTaken } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { Empty } from '../loading/empty.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { ProofLink } from '../proof/proof-link.tsx';
import { ListTable } from '../shell/list-table.tsx';
import { PullDetails } from './pull-details.tsx';
import { PullStatus } from './pull-status.tsx';

const pageSize = 25;

/** Every pull of a company's data, newest first. */
export function ReadHistory({ companyId, refreshes }: { companyId: string; refreshes: number }) {
  const { t } = useLanguage();
  const { companies } = useApi();
  const [page, setPage] = useState(1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a refresh asked for means that what was loaded is old
  const load = useCallback(
    () => companies.history(companyId, page, pageSize),
    [companies, companyId, page, refreshes],
  );
  const { value, problem, loading, reload } = useLoaded(load);
  const [detailed, setDetailed] = useState<PullOperation>();
  const columns = useColumns(companyId, setDetailed);
  const total = value?.totalResults ?? 0;
  return (
    <>
      <ProblemAlert problem={problem} onRetry={() => void reload()} />
      <ListTable
        columnDefinitions={columns}
        items={value?.results ?? []}
        trackBy="id"
        loading={loading && value === undefined}
        header={
          <Header
            description={t('history.help')}
            actions={
              <Button
                iconName="refresh"
                ariaLabel={t('history.reload')}
                loading={loading}
                onClick={() => void reload()}
              />
            }
          >
            {t('history.title')}
          </Header>
        }
        {...(total > pageSize
          ? {
              pagination: (
                <Pagination
                  currentPageIndex={page}
                  pagesCount={Math.ceil(total / pageSize)}
                  onChange={({ detail }) => setPage(detail.currentPageIndex)}
                />
              ),
            }
          : {})}
        empty={<Empty title={t('history.empty.title')} text={t('history.empty.text')} />}
      />
      {detailed && (
        <PullDetails companyId={companyId} pull={detailed} onClose={() => setDetailed(undefined)} />
      )}
    </>
  );
}

function useColumns(
  companyId: string,
  onDetails: (pull: PullOperation) => void,
): TableProps.ColumnDefinition<PullOperation>[] {
  const { t, word, language } = useLanguage();
  return useMemo(
    () => [
      {
        id: 'dataType',
        header: t('history.column.dataType'),
        isRowHeader: true,
        cell: ({ dataType }) => word('dataType', dataType),
      },
      {
        id: 'status',
        header: t('history.column.status'),
        minWidth: 225,
        cell: ({ status }) => <PullStatus status={status} />,
      },
      {
        id: 'requested',
        header: t('history.column.requested'),
        minWidth: 140,
        cell: ({ requested, completed }) => {
          const taken = formatTaken(requested, completed ?? undefined, language);
          return (
            <>
              {formatInstant(requested, language)}
              {taken !== undefined && (
                <Box variant="small" display="block" color="text-body-secondary">
                  {t('history.took', { taken })}
                </Box>
              )}
            </>
          );
        },
      },
      {
        id: 'records',
        header: t('history.column.records'),
        minWidth: 110,
        cell: ({ recordsHeld, recordsModified }) =>
          recordsHeld === undefined || recordsHeld === null
            ? '–'
            : t('history.records', { held: recordsHeld, modified: recordsModified ?? 0 }),
      },
      {
        id: 'proof',
        header: t('proof.column'),
        cell: ({ status, dataType }) =>
          status === 'Complete' ? <ProofLink companyId={companyId} dataType={dataType} /> : '–',
      },
      {
        id: 'message',
        header: t('history.column.message'),
        minWidth: 120,
        cell: ({ errorMessage, statusDescription }) => errorMessage ?? statusDescription ?? '–',
      },
      {
        id: 'details',
        header: t('pull.column'),
        minWidth: 95,
        cell: (pull) => (
          <Button
            variant="inline-link"
            ariaLabel={t('pull.detailsOf', { dataType: word('dataType', pull.dataType) })}
            onClick={() => onDetails(pull)}
          >
            {t('pull.details')}
          </Button>
        ),
      },
    ],
    [t, word, language, companyId, onDetails],
  );
}
