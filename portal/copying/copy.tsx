import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { useLanguage } from '../language/language.tsx';

type CopyProps = {
  text: string;
  /** What is copied, for people who do not see it: "Redirect URI". */
  name: string;
  /** `inline` shows the text beside the button, `icon` the button alone, `button` a button with words. */
  variant?: 'inline' | 'icon' | 'button';
  buttonText?: string;
};

/** A text with the button that copies it. */
export function Copy({ text, name, variant = 'inline', buttonText }: CopyProps) {
  const { t } = useLanguage();
  return (
    <CopyToClipboard
      variant={variant}
      textToCopy={text}
      copyButtonAriaLabel={buttonText ?? t('copy.label', { name })}
      copySuccessText={t('copy.done')}
      copyErrorText={t('copy.failed')}
      {...(buttonText === undefined ? {} : { copyButtonText: buttonText })}
    />
  );
}
