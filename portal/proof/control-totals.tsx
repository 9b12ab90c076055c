import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import type { ControlTotal } from '../api/proof.ts';
import { useLanguage } from '../language/language.tsx';
import { Empty } from '../loading/empty.tsx';
import { ListTable } from '../shell/list-table.tsx';

const verdicts = {
  agrees: { look: 'success', text: 'verdict.agrees' },
  differs: { look: 'error', text: 'verdict.differs' },
  'not comparable': { look: 'info', text: 'verdict.notComparable' },
} as const;

/** ISO 4217's code for no currency: the report has not come so far as to have one. */
const noCurrency = 'XXX';

/** FreshBooks' own reports beside what the records come to, in each currency. */
export function ControlTotals({ controls }: { controls: readonly ControlTotal[] }) {
  const { t } = useLanguage();
  const columns = useColumns();
  return (
    <ListTable
      columnDefinitions={columns}
      items={controls}
      trackBy={({ report, window = '', currency }) => `${report} ${window} ${currency}`}
      header={<Header description={t('controls.help')}>{t('controls.title')}</Header>}
      empty={<Empty title={t('controls.empty.title')} text={t('controls.empty.text')} />}
    />
  );
}

function useColumns(): TableProps.ColumnDefinition<ControlTotal>[] {
  const { t, word, language } = useLanguage();
  return useMemo(() => {
    const locale = language === 'en' ? 'en-CA' : 'fr-CA';
    const amount = (value: number | undefined) =>
      value?.toLocaleString(locale, { minimumFractionDigits: 2, maximumFractionDigits: 6 }) ?? '–';
    return [
      {
        id: 'report',
        header: t('controls.report'),
        isRowHeader: true,
        minWidth: 170,
        cell: ({ report, window }) => (
          <>
            {word('report', report)}
            {window !== undefined && (
              <Box variant="small" display="block" color="text-body-secondary">
                {window}
              </Box>
            )}
          </>
        ),
      },
      {
        id: 'verdict',
        header: t('controls.verdict'),
        minWidth: 220,
        cell: ({ verdict, why }) => (
          <>
            <StatusIndicator type={verdicts[verdict].look}>{t(verdicts[verdict].text)}</StatusIndicator>
            {why !== undefined && (
              <Box variant="small" display="block">
                {why}
              </Box>
            )}
          </>
        ),
      },
      {
        id: 'currency',
        header: t('controls.currency'),
        cell: ({ currency }) => (currency === noCurrency ? '–' : currency),
      },
      { id: 'ours', header: t('controls.ours'), minWidth: 120, cell: ({ ours }) => amount(ours) },
      { id: 'theirs', header: t('controls.theirs'), minWidth: 120, cell: ({ theirs }) => amount(theirs) },
      {
        id: 'difference',
        header: t('controls.difference'),
        minWidth: 110,
        // Rounded to what amounts can have: 0.1 + 0.2 is no difference.
        cell: ({ ours, theirs }) =>
          ours === undefined || theirs === undefined ? '–' : amount(Number((ours - theirs).toFixed(6))),
      },
    ];
  }, [t, word, language]);
}
