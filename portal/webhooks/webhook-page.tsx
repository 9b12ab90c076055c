import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { useParams } from 'react-router-dom';
import { useApi } from '../api/api.tsx';
import { useLanguage } from '../language/language.tsx';
import { LoadedContent } from '../loading/loaded-content.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { Page } from '../shell/page.tsx';
import { places } from '../shell/places.ts';
import { Deliveries } from './deliveries.tsx';
import { WebhookActions } from './webhook-actions.tsx';
import { WebhookFacts } from './webhook-facts.tsx';

/** One endpoint: how it stands, what can be done with it, and what was sent to it. */
export function WebhookPage() {
  const { t } = useLanguage();
  const { webhookId = '' } = useParams();
  const { webhooks } = useApi();
  const load = useCallback(() => webhooks.get(webhookId), [webhooks, webhookId]);
  const webhook = useLoaded(load);
  return (
    <Page
      title={t('webhook.title')}
      description={webhook.value?.url}
      above={[{ text: t('webhooks.title'), to: places.webhooks }]}
      actions={webhook.value && <WebhookActions webhook={webhook.value} onChanged={webhook.put} />}
    >
      <LoadedContent loaded={webhook}>
        {(value) => (
          <SpaceBetween size="l">
            <WebhookFacts webhook={value} onChanged={webhook.put} />
            <Deliveries webhook={value} onLook={webhook.reload} />
          </SpaceBetween>
        )}
      </LoadedContent>
    </Page>
  );
}
