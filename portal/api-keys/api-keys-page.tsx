import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import { useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { ApiKey } from '../api/api-keys.ts';
import { useLanguage } from '../language/language.tsx';
import { Empty } from '../loading/empty.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { Confirm } from '../shell/confirm.tsx';
import { ListTable } from '../shell/list-table.tsx';
import { useNotices } from '../shell/notices.tsx';
import { Page } from '../shell/page.tsx';
import { useApiKeyColumns } from './api-key-columns.tsx';
import { CreateApiKey } from './create-api-key.tsx';
import { RateLimit } from './rate-limit.tsx';

/** The keys with which programs call the API, and how often each may. */
export function ApiKeysPage() {
  const { t } = useLanguage();
  const { apiKeys } = useApi();
  const { tell } = useNotices();
  const { value, problem, loading, reload } = useLoaded(apiKeys.list);
  const [creating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<ApiKey>();
  const columns = useApiKeyColumns(setDeleting);
  const keys = value?.results ?? [];

  const remove = async (key: ApiKey) => {
    await apiKeys.remove(key.id);
    tell({ type: 'success', content: t('apiKeys.deleted', { name: key.name }) });
    await reload();
  };
  const createButton = (variant: 'primary' | 'normal') => (
    <Button variant={variant} onClick={() => setCreating(true)}>
      {t('apiKeys.create')}
    </Button>
  );
  return (
    <Page title={t('apiKeys.title')} description={t('apiKeys.description')} actions={createButton('primary')}>
      <ProblemAlert problem={problem} onRetry={() => void reload()} />
      <ListTable
        columnDefinitions={columns}
        items={keys}
        trackBy="id"
        loading={loading && value === undefined}
        header={
          <Header description={t('apiKeys.rotate')} {...(value ? { counter: `(${keys.length})` } : {})}>
            {t('apiKeys.table')}
          </Header>
        }
        empty={
          <Empty
            title={t('apiKeys.empty.title')}
            text={t('apiKeys.empty.text')}
            action={createButton('normal')}
          />
        }
      />
      <RateLimit />
      {creating && <CreateApiKey onCreated={() => void reload()} onClose={() => setCreating(false)} />}
      {deleting && (
        <Confirm
          title={t('apiKeys.delete.title', { name: deleting.name })}
          confirmText={t('apiKeys.delete')}
          onConfirm={() => remove(deleting)}
          onClose={() => setDeleting(undefined)}
        >
          {t('apiKeys.delete.text')}
        </Confirm>
      )}
    </Page>
  );
}
