import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal, { type ModalProps } from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useLanguage } from '../language/language.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import type { Doing } from '../loading/use-doing.ts';

export type ActionDialogProps = {
  title: string;
  actText: string;
  cancelText?: string | undefined;
  doing: Doing;
  size?: ModalProps['size'];
  onAct: () => void;
  onClose: () => void;
  children: ReactNode;
};

/**
 * A dialog that does one thing: what the server had against it, and the way out. While it is being done the dialog
 * stays: the answer may be shown only once, and a refusal is to be seen.
 */
export function ActionDialog(props: ActionDialogProps) {
  const { title, actText, cancelText, doing, size, onAct, onClose, children } = props;
  const { t } = useLanguage();
  const close = () => (doing.busy ? undefined : onClose());
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel={t('app.close')}
      onDismiss={close}
      {...(size === undefined ? {} : { size })}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" disabled={doing.busy} onClick={close}>
              {cancelText ?? t('app.cancel')}
            </Button>
            <Button variant="primary" loading={doing.busy} onClick={onAct}>
              {actText}
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
