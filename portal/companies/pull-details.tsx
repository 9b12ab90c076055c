import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback } from 'react';
import { useApi } from '../api/api.tsx';
import type { Finding, PullOperation } from '../api/companies.ts';
import { Copy } from '../copying/copy.tsx';
import { formatInstant, formatTaken } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { LoadedContent } from '../loading/loaded-content.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { ProofLink } from '../proof/proof-link.tsx';
import { PullStatus } from './pull-status.tsx';

type PullDetailsProps = { companyId: string; pull: PullOperation; onClose: () => void };

/** One read of a data type: how it went, what it changed, and what it found wrong. */
export function PullDetails({ companyId, pull, onClose }: PullDetailsProps) {
  const { t, word, language } = useLanguage();
  const { id, dataType, status, requested, completed, recordsHeld, recordsModified } = pull;
  const count = (many: number | null | undefined) => many?.toLocaleString(language) ?? '–';
  return (
    <Modal
      visible
      header={t('pull.title', { dataType: word('dataType', dataType) })}
      closeAriaLabel={t('app.close')}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button onClick={onClose}>{t('app.close')}</Button>
        </Box>
      }
    >
      <SpaceBetween size="l">
        <KeyValuePairs
          columns={2}
          items={[
            { label: t('history.column.status'), value: <PullStatus status={status} /> },
            { label: t('history.column.requested'), value: formatInstant(requested, language) },
            {
              label: t('history.column.taken'),
              value: formatTaken(requested, completed ?? undefined, language) ?? '–',
            },
            { label: t('pull.held'), value: count(recordsHeld) },
            { label: t('pull.modified'), value: count(recordsModified) },
            {
              label: t('proof.column'),
              value: status === 'Complete' ? <ProofLink companyId={companyId} dataType={dataType} /> : '–',
            },
          ]}
        />
        <Found companyId={companyId} pull={pull} />
        <div>
          <Box variant="awsui-key-label">{t('history.column.id')}</Box>
          <Copy text={id} name={t('history.idOf', { dataType: word('dataType', dataType) })} />
        </div>
      </SpaceBetween>
    </Modal>
  );
}

/** Why it failed, or the records that could not be mapped. */
function Found({ companyId, pull }: Pick<PullDetailsProps, 'companyId' | 'pull'>) {
  const { t } = useLanguage();
  const { companies } = useApi();
  const load = useCallback(() => companies.validation(companyId, pull.id), [companies, companyId, pull.id]);
  const found = useLoaded(load);
  return (
    <LoadedContent loaded={found}>
      {({ errors, warnings }) => (
        <SpaceBetween size="s">
          {errors.length + warnings.length === 0 && <Alert type="success">{t('pull.nothingWrong')}</Alert>}
          {errors.length > 0 && <Findings type="error" findings={errors} />}
          {warnings.length > 0 && <Findings type="warning" findings={warnings} />}
        </SpaceBetween>
      )}
    </LoadedContent>
  );
}

function Findings({ type, findings }: { type: 'error' | 'warning'; findings: readonly Finding[] }) {
  const { t } = useLanguage();
  return (
    <Alert type={type} header={t(`pull.${type}`)}>
      <ul className="plain">
        {findings.map(({ itemId, ruleId, message }) => (
          <li key={`${itemId} ${ruleId}`}>
            {itemId !== '' && <Box variant="code">{itemId}</Box>} {message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
