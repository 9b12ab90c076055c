import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { NewSecret } from '../api/webhooks.ts';
import { useLanguage } from '../language/language.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { FormDialog } from '../shell/form-dialog.tsx';
import { NewSecretDialog } from './new-secret-dialog.tsx';

const hours = [0, 1, 24, 72, 168] as const;

/** Makes another signing secret; the former one signs as well for as long as is chosen. */
export function RotateSecret({ webhookId, onClose }: { webhookId: string; onClose: () => void }) {
  const { t } = useLanguage();
  const { webhooks } = useApi();
  const doing = useDoing();
  const [keep, setKeep] = useState('24');
  const [made, setMade] = useState<NewSecret>();
  const rotate = () =>
    doing.run(async () => {
      setMade(await webhooks.rotate(webhookId, Number(keep)));
    });
  if (made) return <NewSecretDialog {...made} onClose={onClose} />;
  const options = hours.map((count) => ({
    value: String(count),
    label: count === 0 ? t('webhooks.rotate.atOnce') : t('webhooks.rotate.hours', { count }),
  }));
  return (
    <FormDialog
      title={t('webhooks.rotate')}
      submitText={t('webhooks.rotate.now')}
      doing={doing}
      onSubmit={() => void rotate()}
      onClose={onClose}
    >
      <FormField label={t('webhooks.rotate.keep')} description={t('webhooks.rotate.help')}>
        <Select
          options={options}
          selectedOption={options.find(({ value }) => value === keep) ?? null}
          onChange={({ detail }) => setKeep(detail.selectedOption.value ?? keep)}
        />
      </FormField>
    </FormDialog>
  );
}
