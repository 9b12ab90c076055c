import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import type { ReactNode } from 'react';
import { useLanguage } from '../language/language.tsx';

type CopyProps = {
  text: string;
  /** What is copied, for people who do not see it: "Redirect URI". */
  name: string;
  /** `inline` shows the text beside the button, `icon` the button alone, `button` a button with words. */
  variant?: 'inline' | 'icon' | 'button';
  buttonText?: string;
  /** What stands beside the button instead of the whole text: a long id's beginning, or the text as code. */
  shown?: ReactNode;
};

/** A text with the button that copies it. */
export function Copy({ text, name, variant = 'inline', buttonText, shown }: CopyProps) {
  const { t } = useLanguage();
  return (
    <CopyToClipboard
      variant={variant}
      textToCopy={text}
      copyButtonAriaLabel={buttonText ?? t('copy.label', { name })}
      copySuccessText={t('copy.done')}
      copyErrorText={t('copy.failed')}
      {...(shown === undefined ? {} : { textToDisplay: shown })}
      {...(buttonText === undefined ? {} : { copyButtonText: buttonText })}
    />
  );
}
