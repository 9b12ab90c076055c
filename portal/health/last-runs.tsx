import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import type { Run } from '../api/health.ts';
import { formatInstant, formatSeconds } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { Empty } from '../loading/empty.tsx';

/** The last runs of a connection's worker, newest first. */
export function LastRuns({ runs }: { runs: readonly Run[] }) {
  const { t } = useLanguage();
  const columns = useColumns();
  return (
    <Table
      columnDefinitions={columns}
      items={runs}
      trackBy="id"
      wrapLines
      header={<Header>{t('runs.title')}</Header>}
      empty={<Empty title={t('history.empty.title')} text={t('history.empty.text')} />}
    />
  );
}

function useColumns(): TableProps.ColumnDefinition<Run>[] {
  const { t, word, language } = useLanguage();
  return useMemo(
    () => [
      {
        id: 'completed',
        header: t('runs.completed'),
        isRowHeader: true,
        cell: ({ completed }) => formatInstant(completed, language),
      },
      {
        id: 'took',
        header: t('history.column.taken'),
        cell: ({ tookSeconds }) => formatSeconds(tookSeconds, language),
      },
      { id: 'types', header: t('dataTypes.title'), cell: ({ dataTypes }) => dataTypes },
      {
        id: 'failed',
        header: t('runs.failed'),
        minWidth: 180,
        cell: ({ failed }) =>
          failed.length === 0 ? (
            <StatusIndicator type="success">{t('runs.noneFailed')}</StatusIndicator>
          ) : (
            <StatusIndicator type="error">
              {failed.map((type) => word('dataType', type)).join(', ')}
            </StatusIndicator>
          ),
      },
    ],
    [t, word, language],
  );
}
