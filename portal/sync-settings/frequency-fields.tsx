import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TimeInput from '@cloudscape-design/components/time-input';
import { useLanguage } from '../language/language.tsx';
import { type FieldsProps, type Frequency, frequencies, takesTime } from './setting-draft.ts';

const offered: readonly Frequency[] = [...frequencies, 'other'];
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')].map(
  (value) => ({
    value,
    label: value.replaceAll('_', ' '),
  }),
);

/** How often, and where it is a day or more, at which time and where. */
export function FrequencyFields({ draft, faults, change }: FieldsProps) {
  const { t } = useLanguage();
  const options = offered.map((value) => ({ value, label: t(`frequency.${value}`) }));
  return (
    <SpaceBetween size="m">
      <FormField label={t('syncSettings.frequency')}>
        <Select
          options={options}
          selectedOption={options.find(({ value }) => value === draft.frequency) ?? null}
          onChange={({ detail }) =>
            change({ frequency: offered.find((known) => known === detail.selectedOption.value) ?? 'other' })
          }
        />
      </FormField>
      {draft.frequency === 'other' && (
        <FormField
          label={t('syncSettings.hours')}
          errorText={faults.has('hours') ? t('syncSettings.wrongHours') : null}
        >
          <Input
            value={draft.hours}
            inputMode="numeric"
            onChange={({ detail }) => change({ hours: detail.value })}
          />
        </FormField>
      )}
      {takesTime(draft) && <TimeFields draft={draft} faults={faults} change={change} />}
    </SpaceBetween>
  );
}

function TimeFields({ draft, faults, change }: FieldsProps) {
  const { t } = useLanguage();
  return (
    <SpaceBetween size="m">
      <FormField
        label={t('syncSettings.time')}
        description={t('syncSettings.timeHelp')}
        errorText={faults.has('timeOfDay') ? t('syncSettings.wrongTime') : null}
      >
        <TimeInput
          value={draft.timeOfDay}
          format="hh:mm"
          placeholder="06:30"
          onChange={({ detail }) => change({ timeOfDay: detail.value })}
        />
      </FormField>
      {draft.timeOfDay !== '' && (
        <FormField label={t('syncSettings.zone')}>
          <Select
            options={zones}
            selectedOption={{ value: draft.timeZone, label: draft.timeZone.replaceAll('_', ' ') }}
            filteringType="auto"
            filteringAriaLabel={t('syncSettings.findZone')}
            filteringPlaceholder={t('syncSettings.findZone')}
            virtualScroll
            onChange={({ detail }) => change({ timeZone: detail.selectedOption.value ?? draft.timeZone })}
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}
