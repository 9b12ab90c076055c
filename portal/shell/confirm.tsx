import type { ReactNode } from 'react';
import { useDoing } from '../loading/use-doing.ts';
import { ActionDialog } from './action-dialog.tsx';

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
  const doing = useDoing();
  const confirm = async () => {
    if (await doing.run(onConfirm)) onClose();
  };
  return (
    <ActionDialog
      title={title}
      actText={confirmText}
      cancelText={cancelText}
      doing={doing}
      onAct={() => void confirm()}
      onClose={onClose}
    >
      {children}
    </ActionDialog>
  );
}
