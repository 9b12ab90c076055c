import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import type { Company } from '../api/companies.ts';
import { Copy } from '../copying/copy.tsx';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { Go } from '../shell/go.tsx';
import { companyPlace } from '../shell/places.ts';
import { ConnectionStatus } from './connection-status.tsx';

/** The columns of the companies table. */
export function useCompanyColumns(): TableProps.ColumnDefinition<Company>[] {
  const { t, language } = useLanguage();
  return useMemo(() => {
    const instant = (at: string | null | undefined) => (at ? formatInstant(at, language) : '–');
    return [
      {
        id: 'name',
        header: t('companies.column.name'),
        isRowHeader: true,
        minWidth: 140,
        cell: (company) => <Go to={companyPlace(company.id)}>{company.name}</Go>,
      },
      {
        id: 'connection',
        header: t('companies.column.connection'),
        minWidth: 130,
        cell: ({ dataConnections }) => {
          const connections = dataConnections ?? [];
          if (connections.length === 0) {
            return <Box color="text-body-secondary">{t('companies.noConnection')}</Box>;
          }
          return (
            <SpaceBetween size="xxs">
              {connections.map(({ id, status }) => (
                <ConnectionStatus key={id} status={status} />
              ))}
            </SpaceBetween>
          );
        },
      },
      {
        id: 'lastSync',
        header: t('companies.column.lastSync'),
        minWidth: 150,
        cell: ({ lastSync }) => instant(lastSync),
      },
      {
        id: 'created',
        header: t('companies.column.created'),
        minWidth: 150,
        cell: ({ created }) => instant(created),
      },
      {
        id: 'id',
        header: t('companies.column.id'),
        minWidth: 130,
        cell: ({ id, name }) => (
          <Copy text={id} shown={`${id.slice(0, 8)}…`} name={t('companies.idOf', { name })} />
        ),
      },
    ];
  }, [t, language]);
}
