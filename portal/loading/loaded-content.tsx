import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import { useLanguage } from '../language/language.tsx';
import { ProblemAlert } from './problem-alert.tsx';
import type { Loaded } from './use-loaded.ts';

type LoadedContentProps<Value> = { loaded: Loaded<Value>; children: (value: Value) => ReactNode };

/** What was loaded, or that it is on its way, or why it did not come. */
export function LoadedContent<Value>({ loaded, children }: LoadedContentProps<Value>) {
  const { t } = useLanguage();
  if (loaded.value !== undefined) return children(loaded.value);
  if (loaded.problem !== undefined) {
    return <ProblemAlert problem={loaded.problem} onRetry={() => void loaded.reload()} />;
  }
  return (
    <Box padding="l" textAlign="center">
      <StatusIndicator type="loading">{t('app.loading')}</StatusIndicator>
    </Box>
  );
}
