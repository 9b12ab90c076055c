import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import type { Delivery } from '../api/webhooks.ts';
import { Copy } from '../copying/copy.tsx';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';

const looks = { Sending: 'pending', Attempting: 'warning', Success: 'success', Failure: 'error' } as const;

/** The columns of the delivery log. */
export function useDeliveryColumns(
  onReplay: (eventId: string) => void,
  disabled: boolean,
): TableProps.ColumnDefinition<Delivery>[] {
  const { t, language } = useLanguage();
  return useMemo(
    () => [
      { id: 'sequence', header: t('deliveries.sequence'), cell: ({ sequence }) => sequence },
      {
        id: 'event',
        header: t('deliveries.event'),
        isRowHeader: true,
        minWidth: 240,
        cell: ({ eventType, eventId }) => (
          <Copy text={eventId} shown={eventType} name={t('deliveries.idOf', { type: eventType })} />
        ),
      },
      {
        id: 'status',
        header: t('deliveries.status'),
        minWidth: 200,
        cell: ({ status }) => (
          <StatusIndicator type={looks[status]}>{t(`deliveryStatus.${status}`)}</StatusIndicator>
        ),
      },
      {
        id: 'attempts',
        header: t('deliveries.answer'),
        minWidth: 180,
        cell: (delivery) => <LastAttempt delivery={delivery} />,
      },
      {
        id: 'created',
        header: t('deliveries.created'),
        minWidth: 150,
        cell: ({ createdDate }) => formatInstant(createdDate, language),
      },
      {
        id: 'replay',
        header: t('deliveries.actions'),
        minWidth: 120,
        cell: ({ eventId, eventType, sequence }) => (
          <Button
            variant="inline-link"
            disabled={disabled}
            ariaLabel={t('replay.oneOf', { type: eventType, sequence })}
            onClick={() => onReplay(eventId)}
          >
            {t('replay.one')}
          </Button>
        ),
      },
    ],
    [t, language, onReplay, disabled],
  );
}

/** What the endpoint answered last, how often it was tried, and when it is tried next. */
function LastAttempt({ delivery: { attempts, nextAttempt } }: { delivery: Delivery }) {
  const { t, word, language } = useLanguage();
  const last = attempts.at(-1);
  if (!last) return t('deliveries.notTried');
  return (
    <>
      {last.status ?? word('attemptError', last.error ?? 'no-connection')}
      <Box variant="small" display="block">
        {t('deliveries.after', { milliseconds: last.milliseconds, count: attempts.length })}
      </Box>
      {nextAttempt !== undefined && (
        <Box variant="small" display="block">
          {t('deliveries.next', { at: formatInstant(nextAttempt, language) })}
        </Box>
      )}
    </>
  );
}
