import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { Retention as Kept } from '../api/setup.ts';
import { useLanguage } from '../language/language.tsx';
import { LoadedContent } from '../loading/loaded-content.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { useLoaded } from '../loading/use-loaded.ts';
import { Confirm } from '../shell/confirm.tsx';
import { useNotices } from '../shell/notices.tsx';

/** How long past states of the books can be read. */
export function Retention() {
  const { t } = useLanguage();
  const { setup } = useApi();
  const retention = useLoaded(setup.retention);
  return (
    <Container header={<Header description={t('retention.help')}>{t('retention.title')}</Header>}>
      <LoadedContent loaded={retention}>
        {(value) => <RetentionForm kept={value} onSaved={retention.put} />}
      </LoadedContent>
    </Container>
  );
}

const lengths = ['days', 'ever'] as const;

function RetentionForm({ kept, onSaved }: { kept: Kept; onSaved: (kept: Kept) => void }) {
  const { t } = useLanguage();
  const { setup } = useApi();
  const { tell } = useNotices();
  const doing = useDoing();
  const [length, setLength] = useState<(typeof lengths)[number]>(kept.days === null ? 'ever' : 'days');
  const [days, setDays] = useState(String(kept.days ?? 400));
  const [asking, setAsking] = useState(false);
  const wrong =
    length === 'days' && !(/^\d+$/.test(days.trim()) && Number(days) >= 1 && Number(days) <= 36_500);
  const next = length === 'ever' ? null : Number(days);

  const save = async () => {
    onSaved(await setup.saveRetention({ days: next }));
    tell({ type: 'success', content: t('retention.saved') });
  };
  const ask = () => {
    if (wrong) return;
    // What a shorter time removes does not come back.
    if (next !== null && next < (kept.days ?? Number.POSITIVE_INFINITY)) setAsking(true);
    else void doing.run(save);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
    >
      <SpaceBetween size="m">
        <ProblemAlert problem={doing.problem} />
        <FormField label={t('retention.length')}>
          <RadioGroup
            value={length}
            items={lengths.map((value) => ({ value, label: t(`retention.${value}`) }))}
            onChange={({ detail }) => setLength(detail.value === 'ever' ? 'ever' : 'days')}
          />
        </FormField>
        {length === 'days' && (
          <FormField label={t('retention.count')} errorText={wrong ? t('retention.wrong') : null}>
            <Input value={days} inputMode="numeric" onChange={({ detail }) => setDays(detail.value)} />
          </FormField>
        )}
        <Button loading={doing.busy}>{t('retention.save')}</Button>
      </SpaceBetween>
      {asking && (
        <Confirm
          title={t('retention.shorter.title')}
          confirmText={t('retention.save')}
          onConfirm={save}
          onClose={() => setAsking(false)}
        >
          {t('retention.shorter.text', { days })}
        </Confirm>
      )}
    </form>
  );
}
