import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { Company, Connection } from '../api/companies.ts';
import { useLanguage } from '../language/language.tsx';
import { Empty } from '../loading/empty.tsx';
import { Confirm } from '../shell/confirm.tsx';
import { useNotices } from '../shell/notices.tsx';
import { ConnectionCard } from './connection-card.tsx';

type ConnectionListProps = { company: Company; onChanged: () => void };

/** A company's connections, each with what it is linked to and what can be done with it. */
export function ConnectionList({ company, onChanged }: ConnectionListProps) {
  const { t } = useLanguage();
  const { companies } = useApi();
  const { tell } = useNotices();
  const [unlinking, setUnlinking] = useState<Connection>();
  const connections = company.dataConnections ?? [];

  const unlink = async (connection: Connection) => {
    await companies.unlink(company.id, connection.id);
    tell({ type: 'success', content: t('connections.unlinked', { name: company.name }) });
    onChanged();
  };

  if (connections.length === 0) {
    return (
      <Container header={<Header>{t('connections.title')}</Header>}>
        <Empty title={t('connections.empty.title')} text={t('connections.empty.text')} />
      </Container>
    );
  }
  return (
    <SpaceBetween size="l">
      {connections.map((connection) => (
        <ConnectionCard
          key={connection.id}
          companyId={company.id}
          connection={connection}
          onUnlink={() => setUnlinking(connection)}
          onChanged={onChanged}
        />
      ))}
      {unlinking && (
        <Confirm
          title={t('connections.unlink.title')}
          confirmText={t('connections.unlink')}
          onConfirm={() => unlink(unlinking)}
          onClose={() => setUnlinking(undefined)}
        >
          {t('connections.unlink.text', { name: company.name })}
        </Confirm>
      )}
    </SpaceBetween>
  );
}
