import { useState } from 'react';
import { useApi } from '../api/api.tsx';
import { useLanguage } from '../language/language.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { FormDialog } from '../shell/form-dialog.tsx';
import { NewSecretDialog } from './new-secret-dialog.tsx';
import { type WebhookDraft, WebhookFields, wishOf } from './webhook-fields.tsx';

type CreateWebhookProps = { onCreated: () => void; onClose: () => void };

/** Asks where events are to be sent, then shows the signing secret: this once. */
export function CreateWebhook({ onCreated, onClose }: CreateWebhookProps) {
  const { t } = useLanguage();
  const { webhooks } = useApi();
  const doing = useDoing();
  const [draft, setDraft] = useState<WebhookDraft>({ url: '', eventTypes: [], tags: '' });
  const [tried, setTried] = useState(false);
  const [secret, setSecret] = useState<string>();
  const missing = draft.url.trim() === '';

  const create = async () => {
    setTried(true);
    if (missing) return;
    await doing.run(async () => {
      setSecret((await webhooks.create(wishOf(draft, false))).secret);
      onCreated();
    });
  };
  if (secret) return <NewSecretDialog secret={secret} onClose={onClose} />;
  return (
    <FormDialog
      title={t('webhooks.create')}
      submitText={t('webhooks.createNow')}
      doing={doing}
      onSubmit={() => void create()}
      onClose={onClose}
    >
      <WebhookFields draft={draft} onChange={setDraft} urlMissing={tried && missing} />
    </FormDialog>
  );
}
