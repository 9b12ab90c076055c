import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { useMemo } from 'react';
import type { ApiKey } from '../api/api-keys.ts';
import { now } from '../clock.ts';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';

/** The columns of the table of keys. */
export function useApiKeyColumns(onDelete: (key: ApiKey) => void): TableProps.ColumnDefinition<ApiKey>[] {
  const { t, language } = useLanguage();
  return useMemo(() => {
    const instant = (at: string) => formatInstant(at, language);
    return [
      {
        id: 'name',
        header: t('apiKeys.column.name'),
        isRowHeader: true,
        minWidth: 160,
        cell: ({ name, prefix }) => (
          <>
            {name}
            <Box variant="small" display="block" color="text-body-secondary">
              {prefix}…
            </Box>
          </>
        ),
      },
      {
        id: 'role',
        header: t('apiKeys.column.role'),
        minWidth: 120,
        cell: ({ role }) => t(`apiKeys.role.${role}`),
      },
      {
        id: 'created',
        header: t('apiKeys.column.created'),
        minWidth: 150,
        cell: ({ createdDate }) => instant(createdDate),
      },
      {
        id: 'lastUsed',
        header: t('apiKeys.column.lastUsed'),
        minWidth: 150,
        cell: ({ lastUsedDate }) => (lastUsedDate ? instant(lastUsedDate) : t('apiKeys.neverUsed')),
      },
      {
        id: 'expires',
        header: t('apiKeys.column.expires'),
        minWidth: 220,
        cell: ({ expiresDate }) => {
          if (!expiresDate) return t('apiKeys.expires.never');
          const state = expiry(expiresDate);
          return (
            <StatusIndicator type={looks[state]}>
              {state === 'expired'
                ? t('apiKeys.expired', { at: instant(expiresDate) })
                : instant(expiresDate)}
            </StatusIndicator>
          );
        },
      },
      {
        id: 'delete',
        header: t('apiKeys.column.actions'),
        cell: (key) => (
          <Button
            variant="inline-link"
            ariaLabel={t('apiKeys.deleteOne', { name: key.name })}
            onClick={() => onDelete(key)}
          >
            {t('apiKeys.delete')}
          </Button>
        ),
      },
    ];
  }, [t, language, onDelete]);
}

const looks = { expired: 'error', soon: 'warning', later: 'success' } as const;
const twoWeeks = 14 * 86_400_000;

/** A key that soon expires is seen before its programs are refused. */
function expiry(expires: string): keyof typeof looks {
  const left = Date.parse(expires) - now();
  if (left <= 0) return 'expired';
  return left < twoWeeks ? 'soon' : 'later';
}
