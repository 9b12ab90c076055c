import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useLanguage } from '../language/language.tsx';

/** Signing in did not work: what was said, and the way to try again. */
export function SignInProblem({ problem }: { problem: unknown }) {
  const { t } = useLanguage();
  return (
    <main>
      <Box padding="xxxl">
        <Alert
          type="error"
          header={t('signIn.failed.title')}
          action={<Button href={import.meta.env.BASE_URL}>{t('signIn.again')}</Button>}
        >
          {t('signIn.failed.text')}
          {problem instanceof Error && (
            <Box variant="small" display="block" color="inherit">
              {t('problem.details', { details: problem.message })}
            </Box>
          )}
        </Alert>
      </Box>
    </main>
  );
}
