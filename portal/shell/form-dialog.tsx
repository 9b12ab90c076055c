import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal, { type ModalProps } from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useLanguage } from '../language/language.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import type { Doing } from '../loading/use-doing.ts';

type FormDialogProps = {
  title: string;
  submitText: string;
  doing: Doing;
  size?: ModalProps['size'];
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
};

/**
 * A dialog that asks for something: its fields, what the server had against them, and the way out. While what was asked
 * for is being done it stays: the answer may be shown only once.
 */
export function FormDialog({ title, submitText, doing, size, onSubmit, onClose, children }: FormDialogProps) {
  const { t } = useLanguage();
  const unlessBusy = (act: () => void) => () => (doing.busy ? undefined : act());
  const [close, submit] = [unlessBusy(onClose), unlessBusy(onSubmit)];
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
              {t('app.cancel')}
            </Button>
            <Button variant="primary" loading={doing.busy} onClick={submit}>
              {submitText}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <SpaceBetween size="m">
          <ProblemAlert problem={doing.problem} />
          {children}
        </SpaceBetween>
        {/* Without it, Enter does not send a form of several fields. */}
        <button type="submit" hidden tabIndex={-1} />
      </form>
    </Modal>
  );
}
