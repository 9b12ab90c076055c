import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { Integration } from '../api/setup.ts';
import { useLanguage } from '../language/language.tsx';
import { plural } from '../language/plural.ts';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { Confirm } from '../shell/confirm.tsx';
import { useNotices } from '../shell/notices.tsx';

type SaveScopesProps = {
  integration: Integration;
  chosen: readonly string[];
  onChanged: (integration: Integration) => void;
  onReset: (scopes: readonly string[]) => void;
};

/** Saves other scopes; where customers are linked, says first that they have to authorise again. */
export function SaveScopes({ integration, chosen, onChanged, onReset }: SaveScopesProps) {
  const { t, language } = useLanguage();
  const { setup } = useApi();
  const { tell } = useNotices();
  const doing = useDoing();
  const [asking, setAsking] = useState(false);
  const { scopes, linkedConnections: count } = integration;
  const same = chosen.length === scopes.length && chosen.every((scope) => scopes.includes(scope));

  const save = async (confirm: boolean) => {
    onChanged(await setup.saveScopes(chosen, confirm));
    tell({ type: 'success', content: t('scopes.saved') });
  };
  return (
    <SpaceBetween size="s">
      <ProblemAlert problem={doing.problem} />
      <SpaceBetween direction="horizontal" size="xs">
        <Button
          disabled={same}
          loading={doing.busy}
          onClick={() => (count > 0 ? setAsking(true) : void doing.run(() => save(false)))}
        >
          {t('scopes.save')}
        </Button>
        {!same && (
          <Button variant="link" onClick={() => onReset(scopes)}>
            {t('scopes.reset')}
          </Button>
        )}
      </SpaceBetween>
      {asking && (
        <Confirm
          title={t('scopes.confirm.title')}
          confirmText={t('scopes.confirm.save')}
          onConfirm={() => save(true)}
          onClose={() => setAsking(false)}
        >
          {t(`scopes.confirm.${plural(count, language)}`, { count })}
        </Confirm>
      )}
    </SpaceBetween>
  );
}
