import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';
import { useLanguage } from '../language/language.tsx';

/** While the browser is on its way to or from the sign-in page. */
export function Waiting() {
  const { t } = useLanguage();
  return (
    <main>
      <Box textAlign="center" padding="xxxl">
        <h1 className="quiet-title">{t('app.name')}</h1>
        <Spinner size="large" />
        <Box variant="p" color="text-body-secondary">
          {t('signIn.waiting')}
        </Box>
      </Box>
    </main>
  );
}
