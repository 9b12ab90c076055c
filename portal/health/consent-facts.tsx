import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import type { Consent } from '../api/health.ts';
import { formatAgo, formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';

/** The customer's consent: when it was renewed, with which keys of the app, and what it covers. No token is ever shown. */
export function ConsentFacts({ consent }: { consent: Consent }) {
  const { t, language } = useLanguage();
  const { state, renewedSecondsAgo, accessEndsInSeconds, unansweredSinceSeconds, missingScopes } = consent;
  const { keysVersion, scopes } = consent;
  return (
    <Container header={<Header description={t('consent.help')}>{t('consent.title')}</Header>}>
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={3}
          items={[
            {
              label: t('consent.state'),
              value: (
                <StatusIndicator type={state === 'live' ? 'success' : 'error'}>
                  {t(`consent.${state}`)}
                </StatusIndicator>
              ),
            },
            { label: t('consent.renewed'), value: formatAgo(-renewedSecondsAgo, language) },
            { label: t('consent.ends'), value: formatAgo(accessEndsInSeconds, language) },
            {
              label: t('consent.keys'),
              value: t(`consent.keys.${keysOf(consent)}`, { version: keysVersion }),
            },
            { label: t('consent.scopes'), value: String(scopes.length) },
            {
              label: t('consent.missing'),
              value: missingScopes.length === 0 ? t('consent.noneMissing') : missingScopes.join(', '),
            },
            ...(unansweredSinceSeconds === undefined
              ? []
              : [{ label: t('consent.unanswered'), value: formatAgo(-unansweredSinceSeconds, language) }]),
          ]}
        />
        <ExpandableSection headerText={t('consent.lineage')} headerDescription={t('consent.lineageHelp')}>
          <Lineage lineage={consent.lineage} />
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}

function keysOf({ keysCurrent, sameApp }: Consent): 'current' | 'older' | 'otherApp' {
  if (keysCurrent) return 'current';
  return sameApp ? 'older' : 'otherApp';
}

function Lineage({ lineage }: Pick<Consent, 'lineage'>) {
  const { t, language } = useLanguage();
  return (
    <Table
      variant="embedded"
      items={lineage.toReversed()}
      trackBy="epoch"
      ariaLabels={{ tableLabel: t('consent.lineage') }}
      columnDefinitions={[
        { id: 'epoch', header: t('consent.epoch'), isRowHeader: true, cell: ({ epoch }) => epoch },
        { id: 'at', header: t('consent.at'), cell: ({ at }) => formatInstant(at, language) },
        { id: 'hash', header: t('consent.hash'), cell: ({ hash }) => <Box variant="code">{hash}</Box> },
      ]}
    />
  );
}
