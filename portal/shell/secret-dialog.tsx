import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import type { ReactNode } from 'react';
import { useLanguage } from '../language/language.tsx';

type SecretDialogProps = { title: string; doneText: string; onClose: () => void; children: ReactNode };

/** A dialog that shows a secret this once: a click beside it does not lose it. */
export function SecretDialog({ title, doneText, onClose, children }: SecretDialogProps) {
  const { t } = useLanguage();
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel={t('app.close')}
      onDismiss={({ detail }) => (detail.reason === 'overlay' ? undefined : onClose())}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose}>
            {doneText}
          </Button>
        </Box>
      }
    >
      {children}
    </Modal>
  );
}
