import { useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { Webhook } from '../api/webhooks.ts';
import { useLanguage } from '../language/language.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useNotices } from '../shell/notices.tsx';
import { draftOf, WebhookFields, wishOf } from './webhook-fields.tsx';

type EditWebhookProps = { webhook: Webhook; onSaved: (webhook: Webhook) => void; onClose: () => void };

/** Changes where and of what an endpoint is told; its secret stays. */
export function EditWebhook({ webhook, onSaved, onClose }: EditWebhookProps) {
  const { t } = useLanguage();
  const { webhooks } = useApi();
  const { tell } = useNotices();
  const doing = useDoing();
  const [draft, setDraft] = useState(() => draftOf(webhook));
  const missing = draft.url.trim() === '';
  const save = async () => {
    if (missing) return;
    const saved = await doing.run(async () => {
      onSaved(await webhooks.replace(webhook.id, wishOf(draft, webhook.disabled)));
      tell({ type: 'success', content: t('webhooks.saved') });
    });
    if (saved) onClose();
  };
  return (
    <FormDialog
      title={t('webhooks.edit')}
      submitText={t('webhooks.save')}
      doing={doing}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <WebhookFields draft={draft} onChange={setDraft} urlMissing={missing} />
    </FormDialog>
  );
}
