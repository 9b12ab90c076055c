import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useLanguage } from '../language/language.tsx';

const looks: Readonly<Record<string, StatusIndicatorProps.Type>> = {
  Linked: 'success',
  PendingAuth: 'pending',
  Deauthorized: 'warning',
  Unlinked: 'stopped',
};

/** A connection's state as a pill. */
export function ConnectionStatus({ status }: { status: string }) {
  const { word } = useLanguage();
  return <StatusIndicator type={looks[status] ?? 'info'}>{word('connectionStatus', status)}</StatusIndicator>;
}
