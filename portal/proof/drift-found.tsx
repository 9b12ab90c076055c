import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import type { Drift } from '../api/proof.ts';
import { useLanguage } from '../language/language.tsx';

/** Fields and values that FreshBooks sent and that are not mapped. */
export function DriftFound({ drift }: { drift: readonly Drift[] }) {
  const { t, language } = useLanguage();
  return (
    <Table
      items={drift}
      trackBy={({ resource, field }) => `${resource} ${field}`}
      wrapLines
      header={<Header description={t('drift.help')}>{t('drift.title')}</Header>}
      columnDefinitions={[
        {
          id: 'field',
          header: t('drift.field'),
          isRowHeader: true,
          cell: ({ field }) => <Box variant="code">{field}</Box>,
        },
        {
          id: 'resource',
          header: t('counted.resource'),
          cell: ({ resource }) => <Box variant="code">{resource}</Box>,
        },
        { id: 'rows', header: t('drift.rows'), cell: ({ rows }) => rows.toLocaleString(language) },
      ]}
    />
  );
}
