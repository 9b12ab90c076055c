import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs, { type KeyValuePairsProps } from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Connection } from '../api/companies.ts';
import { Copy } from '../copying/copy.tsx';
import { ConnectionHealth } from '../health/connection-health.tsx';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { BusinessChange } from './business-change.tsx';
import { ConnectionStatus } from './connection-status.tsx';

type ConnectionCardProps = {
  companyId: string;
  connection: Connection;
  onUnlink: () => void;
  onChanged: () => void;
};

/** One connection: how it stands and what to do, its business and links, and unlinking. */
export function ConnectionCard({ companyId, connection, onUnlink, onChanged }: ConnectionCardProps) {
  const { t } = useLanguage();
  const active = (connection.dataConnectionErrors ?? []).filter(({ status }) => status !== 'Resolved');
  return (
    <Container
      header={
        <Header
          actions={
            connection.status === 'Linked' && <Button onClick={onUnlink}>{t('connections.unlink')}</Button>
          }
        >
          {t('connections.one', { platform: connection.platformName })}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <ConnectionHealth companyId={companyId} connection={connection} />
        {active.map((problem) => (
          <Alert key={`${problem.erroredOnUtc} ${problem.statusText}`} type="error">
            {problem.errorMessage ?? problem.statusText}
          </Alert>
        ))}
        <Facts connection={connection} />
        {connection.connectionInfo?.['businessId'] !== undefined && connection.replacedBy === undefined && (
          <BusinessChange companyId={companyId} connection={connection} onChanged={onChanged} />
        )}
      </SpaceBetween>
    </Container>
  );
}

function Facts({ connection }: { connection: Connection }) {
  const { t, word, language } = useLanguage();
  const { status, lastSync, created, id, linkUrl, connectionInfo } = connection;
  const instant = (at: string | null | undefined) => (at ? formatInstant(at, language) : '–');
  const business = Object.entries(connectionInfo ?? {}).map(([name, value]) => ({
    label: word('fact', name),
    value: String(value),
  }));
  const items: KeyValuePairsProps.Pair[] = [
    { label: t('connections.status'), value: <ConnectionStatus status={status} /> },
    { label: t('connections.lastSync'), value: instant(lastSync) },
    { label: t('connections.created'), value: instant(created) },
    ...business,
  ];
  const addresses: KeyValuePairsProps.Pair[] = [
    { label: t('connections.id'), value: <Copy text={id} name={t('connections.id')} /> },
    { label: t('connections.linkUrl'), value: <Copy text={linkUrl} name={t('connections.linkUrl')} /> },
  ];
  return (
    <SpaceBetween size="l">
      <KeyValuePairs columns={3} items={items} />
      <KeyValuePairs columns={2} minColumnWidth={280} items={addresses} />
    </SpaceBetween>
  );
}
