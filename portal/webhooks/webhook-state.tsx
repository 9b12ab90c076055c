import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Webhook } from '../api/webhooks.ts';
import { useLanguage } from '../language/language.tsx';

const looks = { healthy: 'success', failing: 'warning', disabled: 'stopped', gone: 'error' } as const;

/** Whether an endpoint takes what it is sent. */
export function WebhookState({ webhook: { health, disabledReason } }: { webhook: Webhook }) {
  const { t } = useLanguage();
  const state = disabledReason === 'gone' ? 'gone' : health;
  return <StatusIndicator type={looks[state]}>{t(`webhookState.${state}`)}</StatusIndicator>;
}
