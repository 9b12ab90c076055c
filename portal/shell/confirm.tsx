import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useLanguage } from '../language/language.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useDoing } from '../loading/use-doing.ts';

type ConfirmProps = {
  title: string;
  children: ReactNode;
  confirmText: string;
  cancelText?: string;
  onConfirm: () => Promise<void>;
  onClose: () => void;
};

/** Asks before something is done; stays open, saying why, when it could not be done. */
export function Confirm({ title, children, confirmText, cancelText, onConfirm, onClose }: ConfirmProps) {
  const { t } = useLanguage();
  const doing = useDoing();
  const confirm = async () => {
    if (await doing.run(onConfirm)) onClose();
  };
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel={t('app.close')}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {cancelText ?? t('app.cancel')}
            </Button>
            <Button variant="primary" loading={doing.busy} onClick={() => void confirm()}>
              {confirmText}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <ProblemAlert problem={doing.problem} />
        {children}
      </SpaceBetween>
    </Modal>
  );
}
