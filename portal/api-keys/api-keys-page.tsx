import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useMemo, useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { ApiKey } from '../api/api-keys.ts';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { Empty } from '../loading/empty.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { Confirm } from '../shell/confirm.tsx';
import { useNotices } from '../shell/notices.tsx';
import { Page } from '../shell/page.tsx';
import { CreateApiKey } from './create-api-key.tsx';

/** The keys with which programs call the API. */
export function ApiKeysPage() {
  const { t } = useLanguage();
  const { apiKeys } = useApi();
  const { tell } = useNotices();
  const { value, problem, loading, reload } = useLoaded(apiKeys.list);
  const [creating, setCreating] = useState(false);
  const [deleting, setDeleting] = useState<ApiKey>();
  const columns = useColumns(setDeleting);
  const keys = value?.results ?? [];

  const remove = async (key: ApiKey) => {
    await apiKeys.remove(key.id);
    tell({ type: 'success', content: t('apiKeys.deleted', { name: key.name ?? key.id }) });
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
      <Table
        columnDefinitions={columns}
        items={keys}
        trackBy="id"
        loading={loading && value === undefined}
        loadingText={t('app.loading')}
        enableKeyboardNavigation
        header={<Header {...(value ? { counter: `(${keys.length})` } : {})}>{t('apiKeys.table')}</Header>}
        empty={
          <Empty
            title={t('apiKeys.empty.title')}
            text={t('apiKeys.empty.text')}
            action={createButton('normal')}
          />
        }
      />
      {creating && <CreateApiKey onCreated={() => void reload()} onClose={() => setCreating(false)} />}
      {deleting && (
        <Confirm
          title={t('apiKeys.delete.title', { name: deleting.name ?? deleting.id })}
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

function useColumns(onDelete: (key: ApiKey) => void): TableProps.ColumnDefinition<ApiKey>[] {
  const { t, language } = useLanguage();
  return useMemo(() => {
    const instant = (at: string | null | undefined) => (at ? formatInstant(at, language) : '–');
    return [
      {
        id: 'name',
        header: t('apiKeys.column.name'),
        isRowHeader: true,
        cell: ({ name, id }) => name ?? id,
      },
      { id: 'created', header: t('apiKeys.column.created'), cell: ({ createdDate }) => instant(createdDate) },
      { id: 'expires', header: t('apiKeys.column.expires'), cell: ({ expiresDate }) => instant(expiresDate) },
      {
        id: 'delete',
        header: t('apiKeys.column.actions'),
        cell: (key) => (
          <Button
            variant="inline-link"
            ariaLabel={t('apiKeys.deleteOne', { name: key.name ?? key.id })}
            onClick={() => onDelete(key)}
          >
            {t('apiKeys.delete')}
          </Button>
        ),
      },
    ];
  }, [t, language, onDelete]);
}
