import Input, { type InputProps } from '@cloudscape-design/components/input';
import { useEffect, useRef } from 'react';

/** A dialog's first field: it has the focus when the dialog opens, so that one can type at once. */
export function FirstInput(props: InputProps) {
  const field = useRef<InputProps.Ref>(null);
  useEffect(() => {
    // The dialog gives the focus to its close button while it opens: this has to come after that.
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  return <Input {...props} ref={field} />;
}
