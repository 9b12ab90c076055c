import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useApi } from '../api/api.tsx';
import type { Webhook } from '../api/webhooks.ts';
import { Copy } from '../copying/copy.tsx';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { useNotices } from '../shell/notices.tsx';
import { WebhookState } from './webhook-state.tsx';

type WebhookFactsProps = { webhook: Webhook; onChanged: (webhook: Webhook) => void };

/** How an endpoint stands; one that is disabled can be enabled here. */
export function WebhookFacts({ webhook, onChanged }: WebhookFactsProps) {
  const { t, language } = useLanguage();
  const { url, eventTypes, companyTags, lastSuccess, failingSince, pausedUntil } = webhook;
  const instant = (at: string | undefined) => (at ? formatInstant(at, language) : '–');
  return (
    <Container header={<Header>{t('webhook.about')}</Header>}>
      <SpaceBetween size="l">
        {webhook.disabled && <Disabled webhook={webhook} onChanged={onChanged} />}
        <KeyValuePairs
          columns={3}
          items={[
            { label: t('webhooks.state'), value: <WebhookState webhook={webhook} /> },
            { label: t('webhooks.lastSuccess'), value: instant(lastSuccess) },
            { label: t('webhooks.failingSince'), value: instant(failingSince) },
            { label: t('webhooks.pausedUntil'), value: instant(pausedUntil) },
            {
              label: t('webhooks.eventTypes'),
              value: eventTypes.length === 0 ? t('webhooks.allTypes') : eventTypes.join(', '),
            },
            {
              label: t('webhooks.tags'),
              value: companyTags.length === 0 ? t('webhooks.allCompanies') : companyTags.join(', '),
            },
          ]}
        />
        <KeyValuePairs
          items={[{ label: t('webhooks.url'), value: <Copy text={url} name={t('webhooks.url')} /> }]}
        />
      </SpaceBetween>
    </Container>
  );
}

function Disabled({ webhook, onChanged }: WebhookFactsProps) {
  const { t } = useLanguage();
  const { webhooks } = useApi();
  const { tell } = useNotices();
  const doing = useDoing();
  const { id, url, eventTypes, companyTags, disabledReason } = webhook;
  const enable = () =>
    doing.run(async () => {
      onChanged(await webhooks.replace(id, { url, eventTypes, companyTags, disabled: false }));
      tell({ type: 'success', content: t('webhook.enabled') });
    });
  return (
    <SpaceBetween size="s">
      <ProblemAlert problem={doing.problem} />
      <Alert
        type={disabledReason === 'gone' ? 'error' : 'info'}
        header={t('webhook.disabled')}
        action={
          <Button loading={doing.busy} onClick={() => void enable()}>
            {t('webhook.enable')}
          </Button>
        }
      >
        {t(disabledReason === 'gone' ? 'webhook.goneText' : 'webhook.disabledText')}
      </Alert>
    </SpaceBetween>
  );
}
