import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Setting } from '../api/sync-settings.ts';
import { useLanguage } from '../language/language.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { FormDialog } from '../shell/form-dialog.tsx';
import { FrequencyFields } from './frequency-fields.tsx';
import { HistoryFields } from './history-fields.tsx';
import { OtherFields } from './other-fields.tsx';
import { draftOf, faultsOf, isStatement, type SettingDraft, settingOf } from './setting-draft.ts';

type EditSettingsProps = {
  settings: readonly Setting[];
  lockable: boolean;
  onSave: (settings: readonly Setting[]) => Promise<void>;
  onClose: () => void;
};

/** Changes the settings of the chosen data types, all to the same; it begins with those of the first one. */
export function EditSettings({ settings, lockable, onSave, onClose }: EditSettingsProps) {
  const { t, word } = useLanguage();
  const doing = useDoing();
  const [draft, setDraft] = useState(() => firstOf(settings));
  if (!draft) return null;
  const faults = faultsOf(draft);
  const fields = {
    draft,
    faults,
    change: (part: Partial<SettingDraft>) => setDraft({ ...draft, ...part }),
  };
  const save = async () => {
    if (faults.size > 0) return;
    const next = settings.map((before) => settingOf(draft, before));
    if (await doing.run(() => onSave(next))) onClose();
  };
  const names = settings.map(({ dataType }) => word('dataType', dataType)).join(', ');
  return (
    <FormDialog
      title={t('syncSettings.change')}
      submitText={t('syncSettings.save')}
      size="medium"
      doing={doing}
      onSubmit={() => void save()}
      onClose={onClose}
    >
      <SpaceBetween size="l">
        <Box color="text-body-secondary">{t('syncSettings.editing', { names })}</Box>
        <FrequencyFields {...fields} />
        <HistoryFields
          {...fields}
          dates={settings.some(({ dataType }) => !isStatement(dataType))}
          statements={settings.some(({ dataType }) => isStatement(dataType))}
        />
        <OtherFields {...fields} lockable={lockable} />
      </SpaceBetween>
    </FormDialog>
  );
}

function firstOf([first]: readonly Setting[]): SettingDraft | undefined {
  return first && draftOf(first, Intl.DateTimeFormat().resolvedOptions().timeZone);
}
