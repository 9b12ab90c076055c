import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { ApiProblem } from '../api/api-problem.ts';
import { useLanguage } from '../language/language.tsx';

type ProblemAlertProps = { problem: unknown; onRetry?: () => void };

/** What went wrong in plain words, with the id under which the logs have it. Nothing where nothing went wrong. */
export function ProblemAlert({ problem, onRetry }: ProblemAlertProps) {
  const { t } = useLanguage();
  if (problem === undefined) return null;
  const kind = problem instanceof ApiProblem ? problem.kind : 'unexpected';
  const sentence =
    kind === 'refused' && problem instanceof ApiProblem ? problem.message : t(`problem.${kind}`);
  const correlationId = problem instanceof ApiProblem ? problem.correlationId : undefined;
  return (
    <Alert
      type="error"
      header={t('problem.title')}
      {...(onRetry ? { action: <Button onClick={onRetry}>{t('problem.retry')}</Button> } : {})}
    >
      {sentence}
      {correlationId && (
        <Box variant="small" display="block" color="inherit">
          {t('problem.correlationId')} <Box variant="code">{correlationId}</Box>
        </Box>
      )}
    </Alert>
  );
}
