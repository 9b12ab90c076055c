import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useCallback, useMemo, useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { PullOperation } from '../api/companies.ts';
import { Copy } from '../copying/copy.tsx';
import { formatInstant, formatTaken } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { Empty } from '../loading/empty.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { ProofLink } from '../proof/proof-link.tsx';
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
  const columns = useColumns(companyId);
  const total = value?.totalResults ?? 0;
  return (
    <>
      <ProblemAlert problem={problem} onRetry={() => void reload()} />
      <Table
        columnDefinitions={columns}
        items={value?.results ?? []}
        trackBy="id"
        wrapLines
        loading={loading && value === undefined}
        loadingText={t('app.loading')}
        enableKeyboardNavigation
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
    </>
  );
}

function useColumns(companyId: string): TableProps.ColumnDefinition<PullOperation>[] {
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
        minWidth: 200,
        cell: ({ status }) => <PullStatus status={status} />,
      },
      {
        id: 'requested',
        header: t('history.column.requested'),
        minWidth: 130,
        cell: ({ requested }) => formatInstant(requested, language),
      },
      {
        id: 'taken',
        header: t('history.column.taken'),
        cell: ({ requested, completed }) => formatTaken(requested, completed ?? undefined, language) ?? '–',
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
        minWidth: 160,
        cell: ({ errorMessage, statusDescription }) => errorMessage ?? statusDescription ?? '–',
      },
      {
        id: 'id',
        header: t('history.column.id'),
        cell: ({ id, dataType }) => (
          <Copy text={id} variant="icon" name={t('history.idOf', { dataType: word('dataType', dataType) })} />
        ),
      },
    ],
    [t, word, language, companyId],
  );
}
