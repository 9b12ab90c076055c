import DateInput from '@cloudscape-design/components/date-input';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useLanguage } from '../language/language.tsx';
import type { FieldsProps } from './setting-draft.ts';

const beginnings = ['all', 'months', 'since'] as const;

/** From when on records are served, and how far back statements reach; each where a data type has it. */
export function HistoryFields({
  draft,
  faults,
  change,
  dates,
  statements,
}: FieldsProps & { dates: boolean; statements: boolean }) {
  const { t } = useLanguage();
  return (
    <SpaceBetween size="m">
      {dates && <Beginning draft={draft} faults={faults} change={change} />}
      {statements && (
        <Months
          label={t('syncSettings.statementMonths')}
          value={draft.statementMonths}
          wrong={faults.has('statementMonths')}
          onChange={(statementMonths) => change({ statementMonths })}
        />
      )}
    </SpaceBetween>
  );
}

function Beginning({ draft, faults, change }: FieldsProps) {
  const { t } = useLanguage();
  return (
    <SpaceBetween size="m">
      <FormField label={t('syncSettings.history')} description={t('syncSettings.historyHelp')}>
        <RadioGroup
          value={draft.history}
          items={beginnings.map((value) => ({ value, label: t(`beginning.${value}`) }))}
          onChange={({ detail }) =>
            change({ history: beginnings.find((known) => known === detail.value) ?? 'all' })
          }
        />
      </FormField>
      {draft.history === 'months' && (
        <Months
          label={t('syncSettings.months')}
          value={draft.months}
          wrong={faults.has('months')}
          onChange={(months) => change({ months })}
        />
      )}
      {draft.history === 'since' && (
        <FormField
          label={t('syncSettings.since')}
          constraintText={t('syncSettings.dateRule')}
          errorText={faults.has('since') ? t('syncSettings.wrongDate') : null}
        >
          <DateInput
            value={draft.since}
            format="iso"
            placeholder="YYYY-MM-DD"
            onChange={({ detail }) => change({ since: detail.value })}
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}

type MonthsProps = { label: string; value: string; wrong: boolean; onChange: (months: string) => void };

function Months({ label, value, wrong, onChange }: MonthsProps) {
  const { t } = useLanguage();
  return (
    <FormField label={label} errorText={wrong ? t('syncSettings.wrongMonths') : null}>
      <Input value={value} inputMode="numeric" onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}
