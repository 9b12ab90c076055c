import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import type { OneTimeLinks } from '../api/setup.ts';
import { useLanguage } from '../language/language.tsx';

type OneTimeLinksChoiceProps = { value: OneTimeLinks; onChange: (value: OneTimeLinks) => void };

/** Whether a customer's link works once, and for how long. */
export function OneTimeLinksChoice({ value, onChange }: OneTimeLinksChoiceProps) {
  const { t } = useLanguage();
  return (
    <Container header={<Header description={t('oneTimeLinks.help')}>{t('oneTimeLinks.title')}</Header>}>
      <SpaceBetween size="l">
        <Toggle
          checked={value.enabled}
          onChange={({ detail }) => onChange({ ...value, enabled: detail.checked })}
        >
          {t('oneTimeLinks.enabled')}
        </Toggle>
        {value.enabled && (
          <FormField label={t('oneTimeLinks.lifetime')} constraintText={t('oneTimeLinks.lifetimeRule')}>
            <Input
              type="number"
              inputMode="numeric"
              value={String(value.lifetimeHours)}
              onChange={({ detail }) => onChange({ ...value, lifetimeHours: Number(detail.value) })}
            />
          </FormField>
        )}
      </SpaceBetween>
    </Container>
  );
}
