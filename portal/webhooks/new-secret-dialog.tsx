import { ShownOnce } from '../copying/shown-once.tsx';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { SecretDialog } from '../shell/secret-dialog.tsx';

type NewSecretDialogProps = { secret: string; previousUntil?: string; onClose: () => void };

/** An endpoint's signing secret in the one moment that it is shown, and until when the former one signs as well. */
export function NewSecretDialog({ secret, previousUntil, onClose }: NewSecretDialogProps) {
  const { t, language } = useLanguage();
  return (
    <SecretDialog title={t('webhooks.secret.title')} doneText={t('webhooks.secret.done')} onClose={onClose}>
      <ShownOnce text={secret} name={t('webhooks.secret')} warning={t('webhooks.secret.once')}>
        <div>{t('webhooks.secret.use')}</div>
        {previousUntil !== undefined && (
          <div>{t('webhooks.secret.both', { at: formatInstant(previousUntil, language) })}</div>
        )}
      </ShownOnce>
    </SecretDialog>
  );
}
