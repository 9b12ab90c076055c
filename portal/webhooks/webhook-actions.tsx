import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useApi } from '../api/api.tsx';
import type { Webhook } from '../api/webhooks.ts';
import { useLanguage } from '../language/language.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { Confirm } from '../shell/confirm.tsx';
import { useNotices } from '../shell/notices.tsx';
import { places } from '../shell/places.ts';
import { EditWebhook } from './edit-webhook.tsx';
import { RotateSecret } from './rotate-secret.tsx';

type WebhookActionsProps = { webhook: Webhook; onChanged: (webhook: Webhook) => void };

/** What can be done with an endpoint: test it, change it, give it another secret, disable it, delete it. */
export function WebhookActions({ webhook, onChanged }: WebhookActionsProps) {
  const { t } = useLanguage();
  const { webhooks } = useApi();
  const { tell } = useNotices();
  const doing = useDoing();
  const [open, setOpen] = useState<string>();
  const close = () => setOpen(undefined);
  const test = () =>
    doing.run(async () => {
      const { eventId } = await webhooks.test(webhook.id);
      tell({ type: 'success', content: t('webhook.tested', { eventId }) });
      // The log below shows it: it belongs to the same endpoint.
      onChanged({ ...webhook });
    });
  return (
    <SpaceBetween size="xs">
      <SpaceBetween direction="horizontal" size="xs">
        <Button
          loading={doing.busy}
          disabled={webhook.disabled}
          disabledReason={t('webhook.testNeedsEnabled')}
          onClick={() => void test()}
        >
          {t('webhook.test')}
        </Button>
        <ButtonDropdown
          items={[
            { id: 'edit', text: t('webhooks.edit') },
            { id: 'rotate', text: t('webhooks.rotate') },
            ...(webhook.disabled ? [] : [{ id: 'disable', text: t('webhook.disable') }]),
            { id: 'delete', text: t('webhook.delete') },
          ]}
          onItemClick={({ detail }) => setOpen(detail.id)}
        >
          {t('webhook.actions')}
        </ButtonDropdown>
      </SpaceBetween>
      <ProblemAlert problem={doing.problem} />
      {open === 'edit' && <EditWebhook webhook={webhook} onSaved={onChanged} onClose={close} />}
      {open === 'rotate' && <RotateSecret webhookId={webhook.id} onClose={close} />}
      {open === 'disable' && <Disable webhook={webhook} onChanged={onChanged} onClose={close} />}
      {open === 'delete' && <Remove webhook={webhook} onClose={close} />}
    </SpaceBetween>
  );
}

function Disable({ webhook, onChanged, onClose }: WebhookActionsProps & { onClose: () => void }) {
  const { t } = useLanguage();
  const { webhooks } = useApi();
  const { id, url, eventTypes, companyTags } = webhook;
  const disable = async () =>
    onChanged(await webhooks.replace(id, { url, eventTypes, companyTags, disabled: true }));
  return (
    <Confirm
      title={t('webhook.disable.title')}
      confirmText={t('webhook.disable')}
      onConfirm={disable}
      onClose={onClose}
    >
      {t('webhook.disable.text')}
    </Confirm>
  );
}

function Remove({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useLanguage();
  const { webhooks } = useApi();
  const { tell } = useNotices();
  const navigate = useNavigate();
  const remove = async () => {
    await webhooks.remove(webhook.id);
    tell({ type: 'success', content: t('webhook.deleted') }, places.webhooks);
    navigate(places.webhooks);
  };
  return (
    <Confirm
      title={t('webhook.delete.title')}
      confirmText={t('webhook.delete')}
      onConfirm={remove}
      onClose={onClose}
    >
      {t('webhook.delete.text', { url: webhook.url })}
    </Confirm>
  );
}
