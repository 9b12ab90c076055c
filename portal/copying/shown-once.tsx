import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { Copy } from './copy.tsx';

type ShownOnceProps = { text: string; name: string; warning: string; children?: ReactNode };

/** A secret in the one moment that it is shown, to copy, and below it what to do with it. */
export function ShownOnce({ text, name, warning, children }: ShownOnceProps) {
  return (
    <SpaceBetween size="m">
      <Alert type="warning">{warning}</Alert>
      <div>
        <Box variant="awsui-key-label">{name}</Box>
        <Copy text={text} name={name} />
      </div>
      {children}
    </SpaceBetween>
  );
}
