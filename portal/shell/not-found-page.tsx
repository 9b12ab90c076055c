import Container from '@cloudscape-design/components/container';
import { useLanguage } from '../language/language.tsx';
import { Empty } from '../loading/empty.tsx';
import { Go } from './go.tsx';
import { Page } from './page.tsx';
import { places } from './places.ts';

export function NotFoundPage() {
  const { t } = useLanguage();
  return (
    <Page title={t('notFound.title')}>
      <Container>
        <Empty
          title={t('notFound.heading')}
          text={t('notFound.text')}
          action={<Go to={places.companies}>{t('notFound.back')}</Go>}
        />
      </Container>
    </Page>
  );
}
