import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import type { Diagnosis, TypeDiagnosis } from '../api/health.ts';
import { formatAgo } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { ListTable } from '../shell/list-table.tsx';
import { HealthState } from './health-state.tsx';
import { NextAction } from './next-action.tsx';

type TypeHealthProps = { diagnosis: Diagnosis; companyId: string };

/** Why each data type is or is not current. */
export function TypeHealth({ diagnosis, companyId }: TypeHealthProps) {
  const { t } = useLanguage();
  const { connectionId, health, dataTypes } = diagnosis;
  const columns = useColumns(companyId, connectionId, health.action.code);
  return (
    <ListTable
      columnDefinitions={columns}
      items={dataTypes}
      trackBy="dataType"
      header={<Header>{t('dataTypes.title')}</Header>}
    />
  );
}

function useColumns(
  companyId: string,
  connectionId: string,
  told: string,
): TableProps.ColumnDefinition<TypeDiagnosis>[] {
  const { t, word, language } = useLanguage();
  return useMemo(
    () => [
      {
        id: 'dataType',
        header: t('dataTypes.column.dataType'),
        isRowHeader: true,
        minWidth: 120,
        cell: ({ dataType }) => word('dataType', dataType),
      },
      {
        id: 'why',
        header: t('diagnosis.column.why'),
        minWidth: 200,
        cell: ({ health, message }) => (
          <SpaceBetween size="xxs">
            <HealthState state={health.state} />
            <span>{health.sentence}</span>
            {message !== undefined && (
              <Box variant="small" color="text-body-secondary">
                {message}
              </Box>
            )}
            {health.state !== 'ok' && <strong>{health.action.sentence}</strong>}
            {/* What is said of the whole connection above is not said again in every row. */}
            {health.action.code !== told && (
              <NextAction action={health.action} companyId={companyId} connectionId={connectionId} />
            )}
          </SpaceBetween>
        ),
      },
      {
        id: 'lastSync',
        header: t('dataTypes.column.lastSync'),
        minWidth: 140,
        cell: ({ lastSuccessSecondsAgo: ago }) => (ago === undefined ? '–' : formatAgo(-ago, language)),
      },
    ],
    [t, word, language, companyId, connectionId, told],
  );
}
