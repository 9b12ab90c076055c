import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type ReactNode, useEffect } from 'react';
import { useHref, useNavigate } from 'react-router-dom';
import { useLanguage } from '../language/language.tsx';

type PageProps = {
  title: string;
  description?: ReactNode;
  /** The pages above this one, from the top. */
  above?: ReadonlyArray<{ text: string; to: string }>;
  actions?: ReactNode;
  children: ReactNode;
};

/** One page: the browser's title, the way here, the heading with its actions, and the rest below. */
export function Page({ title, description, above = [], actions, children }: PageProps) {
  const { t } = useLanguage();
  const base = useHref('/').replace(/\/$/, '');
  const navigate = useNavigate();

  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);

  const crumbs = [
    ...above.map(({ text, to }) => ({ text, href: `${base}${to}` })),
    { text: title, href: '' },
  ];
  return (
    <ContentLayout
      {...(above.length === 0
        ? {}
        : {
            breadcrumbs: (
              <BreadcrumbGroup
                items={crumbs}
                ariaLabel={t('app.breadcrumbs')}
                onFollow={(event) => {
                  event.preventDefault();
                  if (event.detail.href) navigate(event.detail.href.slice(base.length));
                }}
              />
            ),
          })}
      header={
        <Header variant="h1" description={description} actions={actions}>
          {title}
        </Header>
      }
    >
      <SpaceBetween size="l">{children}</SpaceBetween>
    </ContentLayout>
  );
}
