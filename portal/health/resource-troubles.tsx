import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import type { TableProps } from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import type { ResourceTrouble } from '../api/health.ts';
import { formatAgo } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { ListTable } from '../shell/list-table.tsx';

/** Resources of FreshBooks that could not be read: also those that no data type is made of. */
export function ResourceTroubles({ troubles }: { troubles: readonly ResourceTrouble[] }) {
  const { t } = useLanguage();
  const columns = useColumns();
  return (
    <ListTable
      columnDefinitions={columns}
      items={troubles}
      trackBy="resource"
      header={<Header description={t('troubles.help')}>{t('troubles.title')}</Header>}
    />
  );
}

function useColumns(): TableProps.ColumnDefinition<ResourceTrouble>[] {
  const { t, language } = useLanguage();
  return useMemo(
    () => [
      {
        id: 'resource',
        header: t('counted.resource'),
        isRowHeader: true,
        minWidth: 120,
        cell: ({ resource }) => <Box variant="code">{resource}</Box>,
      },
      {
        id: 'why',
        header: t('troubles.why'),
        minWidth: 200,
        cell: ({ message, health }) => (
          <>
            {message} <strong>{health.action.sentence}</strong>
          </>
        ),
      },
      {
        id: 'tried',
        header: t('troubles.tried'),
        minWidth: 140,
        cell: ({ triedSecondsAgo: ago }) => formatAgo(-ago, language),
      },
    ],
    [t, language],
  );
}
