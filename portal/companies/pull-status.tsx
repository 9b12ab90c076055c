import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useLanguage } from '../language/language.tsx';

const looks: Readonly<Record<string, StatusIndicatorProps.Type>> = {
  Initial: 'pending',
  Queued: 'pending',
  Fetching: 'in-progress',
  MapQueued: 'in-progress',
  Mapping: 'in-progress',
  ProcessingQueued: 'in-progress',
  Processing: 'in-progress',
  ValidationQueued: 'in-progress',
  Validating: 'in-progress',
  Complete: 'success',
  Cancelled: 'stopped',
  NotSupported: 'info',
  PermissionsError: 'warning',
  RateLimitError: 'warning',
};

/** The outcome of one pull of a data type. */
export function PullStatus({ status }: { status: string }) {
  const { word } = useLanguage();
  return <StatusIndicator type={looks[status] ?? 'error'}>{word('pullStatus', status)}</StatusIndicator>;
}

/** Whether that status is still going to change by itself. */
export function underWay(status: string): boolean {
  return status !== 'Initial' && (looks[status] === 'pending' || looks[status] === 'in-progress');
}
