import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useApi } from '../api/api.tsx';
import type { Integration } from '../api/setup.ts';
import { useLanguage } from '../language/language.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { useNotices } from '../shell/notices.tsx';

type EnableToggleProps = { integration: Integration; onChanged: (integration: Integration) => void };

/** Switches FreshBooks on and off: off, no customer can link; those that are linked stay linked. */
export function EnableToggle({ integration, onChanged }: EnableToggleProps) {
  const { t } = useLanguage();
  const { setup } = useApi();
  const { tell } = useNotices();
  const doing = useDoing();
  const turn = (enabled: boolean) =>
    doing.run(async () => {
      onChanged(await setup.enable(enabled));
      tell({ type: 'success', content: t(enabled ? 'enable.done' : 'enable.off') });
    });
  return (
    <SpaceBetween size="xs">
      <ProblemAlert problem={doing.problem} />
      <Toggle
        checked={integration.enabled}
        disabled={!integration.configured || doing.busy}
        ariaLabel={t('enable.label')}
        onChange={({ detail }) => void turn(detail.checked)}
      >
        {t(integration.enabled ? 'enable.on' : 'enable.isOff')}
      </Toggle>
    </SpaceBetween>
  );
}
