import Button from '@cloudscape-design/components/button';
import { useApi } from '../api/api.tsx';
import type { Health } from '../api/health.ts';
import { Copy } from '../copying/copy.tsx';
import { useLanguage } from '../language/language.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { Go } from '../shell/go.tsx';
import { useNotices } from '../shell/notices.tsx';
import { freshbooksPlace } from '../shell/places.ts';

type NextActionProps = { action: Health['action']; companyId: string; connectionId: string };

/** What each action is done with; those that are not here are done outside of the portal, or by nobody. */
const means: Readonly<Record<string, 'copy-link' | 'settings' | 'refresh' | 'copy-id'>> = {
  'send-link': 'copy-link',
  'authorise-again': 'copy-link',
  'set-up': 'settings',
  enable: 'settings',
  'save-keys': 'settings',
  'check-app': 'settings',
  'ask-for-scope': 'settings',
  refresh: 'refresh',
  'read-log': 'copy-id',
};

/** The one next action, as what does it: a link to copy, a page to go to, a button. Nothing where there is none. */
export function NextAction({ action, companyId, connectionId }: NextActionProps) {
  const { t } = useLanguage();
  switch (means[action.code]) {
    case 'copy-link':
      return action.link ? (
        <Copy
          variant="button"
          text={action.link}
          name={t('connections.linkUrl')}
          buttonText={t('health.copyLink')}
        />
      ) : null;
    case 'settings':
      return <Go to={freshbooksPlace}>{t('health.toSettings')}</Go>;
    case 'refresh':
      return <RefreshNow companyId={companyId} />;
    case 'copy-id':
      return (
        <Copy
          variant="button"
          text={connectionId}
          name={t('connections.id')}
          buttonText={t('health.copyId')}
        />
      );
    default:
      return null;
  }
}

function RefreshNow({ companyId }: { companyId: string }) {
  const { t } = useLanguage();
  const { companies } = useApi();
  const { tell } = useNotices();
  const doing = useDoing();
  const refresh = () =>
    doing.run(async () => {
      await companies.refresh(companyId);
      tell({ type: 'success', content: t('health.refreshAsked') });
    });
  return (
    <>
      <ProblemAlert problem={doing.problem} />
      <Button iconName="refresh" loading={doing.busy} onClick={() => void refresh()}>
        {t('company.refresh')}
      </Button>
    </>
  );
}
