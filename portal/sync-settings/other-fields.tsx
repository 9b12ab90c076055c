import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useLanguage } from '../language/language.tsx';
import type { FieldsProps } from './setting-draft.ts';

/** Whether linking reads it, what is made first of one read, and whether companies may differ. */
export function OtherFields({ draft, faults, change, lockable }: FieldsProps & { lockable: boolean }) {
  const { t } = useLanguage();
  return (
    <SpaceBetween size="m">
      <Checkbox
        checked={draft.fetchOnFirstLink}
        description={t('syncSettings.firstLinkHelp')}
        onChange={({ detail }) => change({ fetchOnFirstLink: detail.checked })}
      >
        {t('syncSettings.firstLink')}
      </Checkbox>
      {lockable && (
        <Checkbox
          checked={draft.isLocked}
          description={t('syncSettings.lockHelp')}
          onChange={({ detail }) => change({ isLocked: detail.checked })}
        >
          {t('syncSettings.lock')}
        </Checkbox>
      )}
      <FormField
        label={t('syncSettings.order')}
        description={t('syncSettings.orderHelp')}
        errorText={faults.has('order') ? t('rateLimit.wrong') : null}
      >
        <Input
          value={draft.order}
          inputMode="numeric"
          onChange={({ detail }) => change({ order: detail.value })}
        />
      </FormField>
    </SpaceBetween>
  );
}
