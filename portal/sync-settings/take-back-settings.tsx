import { useLanguage } from '../language/language.tsx';
import { Confirm } from '../shell/confirm.tsx';

type TakeBackSettingsProps = {
  scope: 'everyone' | 'company';
  onConfirm: () => Promise<void>;
  onClose: () => void;
};

/** Asks before everything that was chosen goes. */
export function TakeBackSettings({ scope, ...confirm }: TakeBackSettingsProps) {
  const { t } = useLanguage();
  return (
    <Confirm
      title={t(`syncSettings.takeBack.${scope}`)}
      confirmText={t('syncSettings.takeBackNow')}
      {...confirm}
    >
      {t(`syncSettings.takeBackText.${scope}`)}
    </Confirm>
  );
}
