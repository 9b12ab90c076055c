import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Proof } from '../api/proof.ts';
import { Copy } from '../copying/copy.tsx';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';

/** Whether it is complete, and what is served of it. */
export function ProofFacts({ proof }: { proof: Proof }) {
  const { t, language } = useLanguage();
  const { complete, records, lastSuccessfulSync, message } = proof;
  return (
    <Container header={<Header>{t('proof.served')}</Header>}>
      <SpaceBetween size="l">
        {message !== undefined && <Alert type="warning">{message}</Alert>}
        <KeyValuePairs
          columns={3}
          items={[
            {
              label: t('proof.complete'),
              value: (
                <StatusIndicator type={complete ? 'success' : 'warning'}>
                  {t(complete ? 'proof.isComplete' : 'proof.isNotComplete')}
                </StatusIndicator>
              ),
            },
            { label: t('proof.records'), value: records.count.toLocaleString(language) },
            {
              label: t('dataTypes.column.lastSync'),
              value: lastSuccessfulSync ? formatInstant(lastSuccessfulSync, language) : '–',
            },
            {
              label: t('proof.digest'),
              value: (
                <Copy
                  text={records.digest}
                  shown={`${records.digest.slice(0, 12)}…`}
                  name={t('proof.digest')}
                />
              ),
            },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}
