import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useLanguage } from '../language/language.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { FirstInput } from '../shell/first-input.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';

type ReplayRangeProps = {
  /** Sequence of the newest event that was looked at. */
  last: number;
  onReplay: (range: { after: number; upTo: number }) => Promise<void>;
  onClose: () => void;
};

/** Asks which events to send again, by their sequence. */
export function ReplayRange({ last, onReplay, onClose }: ReplayRangeProps) {
  const { t } = useLanguage();
  const doing = useDoing();
  const [from, setFrom] = useState(String(Math.max(1, last - 99)));
  const [to, setTo] = useState(String(last));
  const [tried, setTried] = useState(false);
  const sound = [from, to].every((text) => /^\d+$/.test(text.trim())) && Number(from) <= Number(to);
  const replay = async () => {
    setTried(true);
    if (!sound) return;
    const range = { after: Math.max(0, Number(from) - 1), upTo: Number(to) };
    if (await doing.run(() => onReplay(range))) onClose();
  };
  return (
    <FormDialog
      title={t('replay.range')}
      submitText={t('replay.now')}
      doing={doing}
      onSubmit={() => void replay()}
      onClose={onClose}
    >
      <FormField label={t('replay.from')} description={t('replay.rangeHelp')}>
        <FirstInput value={from} inputMode="numeric" onChange={({ detail }) => setFrom(detail.value)} />
      </FormField>
      <FormField label={t('replay.to')} errorText={tried && !sound ? t('replay.wrong') : null}>
        <Input value={to} inputMode="numeric" onChange={({ detail }) => setTo(detail.value)} />
      </FormField>
    </FormDialog>
  );
}
