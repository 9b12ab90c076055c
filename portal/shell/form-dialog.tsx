import type { ModalProps } from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import type { Doing } from '../loading/use-doing.ts';
import { ActionDialog } from './action-dialog.tsx';

type FormDialogProps = {
  title: string;
  submitText: string;
  doing: Doing;
  size?: ModalProps['size'];
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
};

/** A dialog that asks for something, and is sent by its button or by Enter. */
export function FormDialog({ submitText, onSubmit, children, ...dialog }: FormDialogProps) {
  return (
    <ActionDialog {...dialog} actText={submitText} onAct={onSubmit}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <SpaceBetween size="m">{children}</SpaceBetween>
        {/* Without it, Enter does not send a form of several fields. */}
        <button type="submit" hidden tabIndex={-1} />
      </form>
    </ActionDialog>
  );
}
