import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Health } from '../api/health.ts';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { HealthState } from './health-state.tsx';
import { NextAction } from './next-action.tsx';

const alerts = { waiting: 'info', attention: 'warning', broken: 'error' } as const;

type HealthAlertProps = { health: Health; companyId: string; connectionId: string };

/** Why a connection is as it is, and the one thing to do next, where there is one. */
export function HealthAlert({ health, companyId, connectionId }: HealthAlertProps) {
  const { t, language } = useLanguage();
  const { state, sentence, since, action } = health;
  if (state === 'ok') {
    return (
      <SpaceBetween direction="horizontal" size="xs">
        <HealthState state={state} />
        <span>{sentence}</span>
      </SpaceBetween>
    );
  }
  return (
    <Alert type={alerts[state]} header={t(`health.${state}`)}>
      <SpaceBetween size="xs">
        <div>
          {sentence} {since !== undefined && t('health.since', { at: formatInstant(since, language) })}
        </div>
        <strong>{action.sentence}</strong>
        <NextAction action={action} companyId={companyId} connectionId={connectionId} />
      </SpaceBetween>
    </Alert>
  );
}
