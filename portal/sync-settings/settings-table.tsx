import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Icon from '@cloudscape-design/components/icon';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useCallback, useMemo, useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { Setting } from '../api/sync-settings.ts';
import { useLanguage } from '../language/language.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { useNotices } from '../shell/notices.tsx';
import { EditSettings } from './edit-settings.tsx';
import { frequencyWords, historyWords } from './setting-words.ts';
import { TakeBackSettings } from './take-back-settings.tsx';

/** How each data type is read, of one company or of all without their own; several are changed at once. */
export function SettingsTable({ companyId }: { companyId?: string }) {
  const { t } = useLanguage();
  const { syncSettings } = useApi();
  const { tell } = useNotices();
  const load = useCallback(() => syncSettings.get(companyId), [syncSettings, companyId]);
  const { value, problem, loading, reload } = useLoaded(load);
  const [chosen, setChosen] = useState<readonly Setting[]>([]);
  const [open, setOpen] = useState<'edit' | 'take-back'>();
  const columns = useColumns();
  const scope = companyId === undefined ? 'everyone' : 'company';

  const save = async (settings: readonly Setting[]) => {
    await syncSettings.save(settings, companyId);
    setChosen([]);
    await reload();
    tell({ type: 'success', content: t('syncSettings.saved') });
  };
  const takeBack = async () => {
    await syncSettings.takeBack(companyId);
    await reload();
    tell({ type: 'success', content: t('syncSettings.takenBack') });
  };
  return (
    <SpaceBetween size="l">
      <ProblemAlert problem={problem} onRetry={() => void reload()} />
      <Table
        columnDefinitions={columns}
        items={value?.settings ?? []}
        trackBy="dataType"
        wrapLines
        loading={loading && value === undefined}
        loadingText={t('app.loading')}
        selectionType="multi"
        selectedItems={[...chosen]}
        isItemDisabled={({ isLocked }) => isLocked && scope === 'company'}
        ariaLabels={useSelectionLabels()}
        onSelectionChange={({ detail }) => setChosen(detail.selectedItems)}
        header={
          <Header
            description={t(`syncSettings.help.${scope}`)}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button disabled={value?.overridesDefaults !== true} onClick={() => setOpen('take-back')}>
                  {t(`syncSettings.takeBack.${scope}`)}
                </Button>
                <Button
                  variant="primary"
                  disabled={chosen.length === 0}
                  disabledReason={t('syncSettings.chooseFirst')}
                  onClick={() => setOpen('edit')}
                >
                  {t('syncSettings.change')}
                </Button>
              </SpaceBetween>
            }
          >
            {t(`syncSettings.of.${scope}`)}
          </Header>
        }
      />
      {open === 'edit' && (
        <EditSettings
          settings={chosen}
          lockable={scope === 'everyone'}
          onSave={save}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === 'take-back' && (
        <TakeBackSettings scope={scope} onConfirm={takeBack} onClose={() => setOpen(undefined)} />
      )}
    </SpaceBetween>
  );
}

function useSelectionLabels(): TableProps.AriaLabels<Setting> {
  const { t, word } = useLanguage();
  return {
    selectionGroupLabel: t('dataTypes.title'),
    allItemsSelectionLabel: () => t('syncSettings.all'),
    itemSelectionLabel: (_chosen, { dataType }) => word('dataType', dataType),
  };
}

function useColumns(): TableProps.ColumnDefinition<Setting>[] {
  const { t, word, language } = useLanguage();
  return useMemo(
    () => [
      {
        id: 'dataType',
        header: t('dataTypes.column.dataType'),
        isRowHeader: true,
        minWidth: 170,
        cell: ({ dataType, isLocked }) => (
          <>
            {word('dataType', dataType)}{' '}
            {isLocked && <Icon name="lock-private" ariaLabel={t('syncSettings.locked')} />}
          </>
        ),
      },
      {
        id: 'frequency',
        header: t('syncSettings.frequency'),
        minWidth: 200,
        cell: (setting) => frequencyWords(setting, { t, language }),
      },
      {
        id: 'firstLink',
        header: t('syncSettings.firstLink'),
        minWidth: 130,
        cell: ({ fetchOnFirstLink }) => t(fetchOnFirstLink ? 'app.yes' : 'app.no'),
      },
      {
        id: 'history',
        header: t('syncSettings.history'),
        minWidth: 160,
        cell: (setting) => historyWords(setting, { t, language }),
      },
    ],
    [t, word, language],
  );
}
