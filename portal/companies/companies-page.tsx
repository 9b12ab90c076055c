import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useCallback, useState } from 'react';
import { useApi } from '../api/api.tsx';
import { useLanguage } from '../language/language.tsx';
import { plural } from '../language/plural.ts';
import { Empty } from '../loading/empty.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { ListTable } from '../shell/list-table.tsx';
import { Page } from '../shell/page.tsx';
import { useCompanyColumns } from './company-columns.tsx';
import { CreateCompany } from './create-company.tsx';

const pageSize = 25;

/** Every company, newest first, with the state of its connection. */
export function CompaniesPage() {
  const { t, language } = useLanguage();
  const { companies } = useApi();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState({ search: '', page: 1 });
  const [creating, setCreating] = useState(false);
  const columns = useCompanyColumns();
  const load = useCallback(() => companies.list(asked.page, pageSize, asked.search), [companies, asked]);
  const { value, problem, loading, reload } = useLoaded(load);

  const search = (text: string) => {
    setTyped(text);
    setAsked({ search: text, page: 1 });
  };
  const total = value?.totalResults ?? 0;
  const createButton = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      {t('companies.create')}
    </Button>
  );

  return (
    <Page title={t('companies.title')} description={t('companies.description')} actions={createButton}>
      <ProblemAlert problem={problem} onRetry={() => void reload()} />
      <ListTable
        columnDefinitions={columns}
        items={value?.results ?? []}
        trackBy="id"
        loading={loading && value === undefined}
        header={<Header {...(value ? { counter: `(${total})` } : {})}>{t('companies.table')}</Header>}
        filter={
          <TextFilter
            filteringText={typed}
            filteringPlaceholder={t('companies.search')}
            filteringAriaLabel={t('companies.search')}
            countText={t(`companies.matches.${plural(total, language)}`, { count: total })}
            onChange={({ detail }) => setTyped(detail.filteringText)}
            onDelayedChange={({ detail }) => search(detail.filteringText)}
          />
        }
        {...(total > pageSize
          ? {
              pagination: (
                <Pagination
                  currentPageIndex={asked.page}
                  pagesCount={Math.ceil(total / pageSize)}
                  onChange={({ detail }) => setAsked({ ...asked, page: detail.currentPageIndex })}
                />
              ),
            }
          : {})}
        empty={
          asked.search === '' ? (
            <Empty
              title={t('companies.empty.title')}
              text={t('companies.empty.text')}
              action={<Button onClick={() => setCreating(true)}>{t('companies.create')}</Button>}
            />
          ) : (
            <Empty
              title={t('companies.noMatch.title')}
              text={t('companies.noMatch.text')}
              action={<Button onClick={() => search('')}>{t('companies.clearSearch')}</Button>}
            />
          )
        }
      />
      {creating && <CreateCompany onClose={() => setCreating(false)} />}
    </Page>
  );
}
