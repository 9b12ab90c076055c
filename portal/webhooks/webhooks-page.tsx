import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import type { TableProps } from '@cloudscape-design/components/table';
import { useMemo, useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { Webhook } from '../api/webhooks.ts';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { Empty } from '../loading/empty.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { Go } from '../shell/go.tsx';
import { ListTable } from '../shell/list-table.tsx';
import { Page } from '../shell/page.tsx';
import { webhookPlace } from '../shell/places.ts';
import { CreateWebhook } from './create-webhook.tsx';
import { WebhookState } from './webhook-state.tsx';

/** The deployer's own endpoints that are told of events. */
export function WebhooksPage() {
  const { t } = useLanguage();
  const { webhooks } = useApi();
  const { value, problem, loading, reload } = useLoaded(webhooks.list);
  const [creating, setCreating] = useState(false);
  const columns = useColumns();
  const all = value?.results ?? [];
  const createButton = (variant: 'primary' | 'normal') => (
    <Button variant={variant} onClick={() => setCreating(true)}>
      {t('webhooks.create')}
    </Button>
  );
  return (
    <Page
      title={t('webhooks.title')}
      description={t('webhooks.description')}
      actions={createButton('primary')}
    >
      <ProblemAlert problem={problem} onRetry={() => void reload()} />
      <ListTable
        columnDefinitions={columns}
        items={all}
        trackBy="id"
        loading={loading && value === undefined}
        header={<Header {...(value ? { counter: `(${all.length})` } : {})}>{t('webhooks.table')}</Header>}
        empty={
          <Empty
            title={t('webhooks.empty.title')}
            text={t('webhooks.empty.text')}
            action={createButton('normal')}
          />
        }
      />
      {creating && <CreateWebhook onCreated={() => void reload()} onClose={() => setCreating(false)} />}
    </Page>
  );
}

function useColumns(): TableProps.ColumnDefinition<Webhook>[] {
  const { t, language } = useLanguage();
  return useMemo(
    () => [
      {
        id: 'url',
        header: t('webhooks.url'),
        isRowHeader: true,
        minWidth: 240,
        cell: ({ id, url }) => <Go to={webhookPlace(id)}>{url}</Go>,
      },
      {
        id: 'state',
        header: t('webhooks.state'),
        minWidth: 170,
        cell: (webhook) => <WebhookState webhook={webhook} />,
      },
      {
        id: 'types',
        header: t('webhooks.eventTypes'),
        minWidth: 180,
        cell: ({ eventTypes }) => (eventTypes.length === 0 ? t('webhooks.allTypes') : eventTypes.join(', ')),
      },
      {
        id: 'tags',
        header: t('webhooks.tags'),
        minWidth: 140,
        cell: ({ companyTags }) =>
          companyTags.length === 0 ? t('webhooks.allCompanies') : companyTags.join(', '),
      },
      {
        id: 'lastSuccess',
        header: t('webhooks.lastSuccess'),
        minWidth: 160,
        cell: ({ lastSuccess }) => (lastSuccess ? formatInstant(lastSuccess, language) : '–'),
      },
    ],
    [t, language],
  );
}
