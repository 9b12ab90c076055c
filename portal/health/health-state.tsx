import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Health } from '../api/health.ts';
import { useLanguage } from '../language/language.tsx';

const looks = { ok: 'success', waiting: 'pending', attention: 'warning', broken: 'error' } as const;

/** How something stands, as a pill. */
export function HealthState({ state }: { state: Health['state'] }) {
  const { t } = useLanguage();
  return <StatusIndicator type={looks[state]}>{t(`health.${state}`)}</StatusIndicator>;
}
