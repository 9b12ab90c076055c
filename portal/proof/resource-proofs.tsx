import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import type { ResourceProof } from '../api/proof.ts';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { ListTable } from '../shell/list-table.tsx';

/** What was counted of each resource of FreshBooks that the data type is made of. */
export function ResourceProofs({ resources }: { resources: readonly ResourceProof[] }) {
  const { t } = useLanguage();
  const columns = useColumns();
  return (
    <ListTable
      columnDefinitions={columns}
      items={resources}
      trackBy="resource"
      header={<Header description={t('counted.help')}>{t('counted.title')}</Header>}
    />
  );
}

function useColumns(): TableProps.ColumnDefinition<ResourceProof>[] {
  const { t, language } = useLanguage();
  return useMemo(() => {
    const count = (many: number | undefined) => many?.toLocaleString(language) ?? '–';
    return [
      {
        id: 'resource',
        header: t('counted.resource'),
        isRowHeader: true,
        minWidth: 110,
        cell: ({ resource, projected }) => (
          <>
            <Box variant="code">{resource}</Box>
            {!projected && <StatusIndicator type="warning">{t('counted.notProjected')}</StatusIndicator>}
          </>
        ),
      },
      {
        id: 'read',
        header: t('counted.read'),
        minWidth: 110,
        cell: ({ certificate: read }) =>
          read ? t('counted.rowsOfPages', { rows: count(read.rowsRead), pages: count(read.pages) }) : '–',
      },
      {
        id: 'source',
        header: t('counted.source'),
        minWidth: 95,
        cell: ({ certificate }) => count(certificate?.sourceTotal),
      },
      {
        id: 'hidden',
        header: t('counted.hidden'),
        minWidth: 95,
        cell: ({ certificate }) => count(certificate?.hiddenRows),
      },
      {
        id: 'held',
        header: t('counted.held'),
        minWidth: 110,
        cell: ({ certificate: read }) =>
          read ? t('counted.heldOf', { live: count(read.held), deleted: count(read.deleted) }) : '–',
      },
      {
        id: 'at',
        header: t('counted.at'),
        minWidth: 110,
        cell: ({ certificate }) => (certificate ? formatInstant(certificate.at, language) : '–'),
      },
      {
        id: 'notes',
        header: t('counted.notes'),
        minWidth: 190,
        cell: (resource) => <Notes resource={resource} />,
      },
    ];
  }, [t, language]);
}

function Notes({ resource: { certificate, trouble } }: { resource: ResourceProof }) {
  const { t } = useLanguage();
  const { complete = true, repaired, warnings = [] } = certificate ?? {};
  const notes = [
    ...(trouble ? [trouble.message] : []),
    ...(certificate ? [] : [t('counted.never')]),
    ...(complete ? [] : [t('counted.notComplete')]),
    ...(repaired === 0 ? [t('counted.compared')] : []),
    ...warnings,
  ];
  if (notes.length === 0) return '–';
  return (
    <ul className="plain">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
