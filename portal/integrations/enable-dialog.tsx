import { useApi } from '../api/api.tsx';
import type { Integration } from '../api/setup.ts';
import { useLanguage } from '../language/language.tsx';
import { Confirm } from '../shell/confirm.tsx';
import { useNotices } from '../shell/notices.tsx';

type EnableDialogProps = { onEnabled: (integration: Integration) => void; onClose: () => void };

/** After the first save: now or later. */
export function EnableDialog({ onEnabled, onClose }: EnableDialogProps) {
  const { t } = useLanguage();
  const { setup } = useApi();
  const { tell } = useNotices();
  const enable = async () => {
    onEnabled(await setup.enable(true));
    tell({ type: 'success', content: t('enable.done') });
  };
  return (
    <Confirm
      title={t('enable.title')}
      confirmText={t('enable.now')}
      cancelText={t('enable.later')}
      onConfirm={enable}
      onClose={onClose}
    >
      {t('enable.text')}
    </Confirm>
  );
}
