import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { Diagnosis } from '../api/health.ts';
import { formatAgo, formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';

/** What is done next, what waits, and whether the schedule itself runs. */
export function ScheduleFacts({ diagnosis }: { diagnosis: Diagnosis }) {
  const { t, word, language } = useLanguage();
  const { scheduleTickedSecondsAgo: ticked, nextDue, lease, waiting } = diagnosis;
  const wants = waiting.map(({ dataType, reason, waitingSeconds, taken }) => (
    <li key={`${dataType} ${taken}`}>
      {t(taken ? 'diagnosis.beingRead' : 'diagnosis.waits', {
        dataType: word('dataType', dataType),
        reason: word('waitingFor', reason),
        ago: formatAgo(-waitingSeconds, language),
      })}
    </li>
  ));
  return (
    <Container header={<Header>{t('diagnosis.schedule')}</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          {
            label: t('diagnosis.nextDue'),
            value: nextDue === undefined ? t('diagnosis.nothingDue') : formatInstant(nextDue, language),
          },
          {
            label: t('diagnosis.ticked'),
            value: ticked === undefined ? t('diagnosis.neverTicked') : formatAgo(-ticked, language),
          },
          {
            label: t('diagnosis.worker'),
            value: lease?.live
              ? t('diagnosis.workerUntil', { at: formatInstant(lease.until, language) })
              : t('diagnosis.noWorker'),
          },
          {
            label: t('diagnosis.waiting'),
            value: wants.length === 0 ? t('diagnosis.nothingWaits') : <ul className="plain">{wants}</ul>,
          },
        ]}
      />
    </Container>
  );
}
