import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { useLanguage } from '../language/language.tsx';

type Notice = { type: 'success' | 'info' | 'error'; content: ReactNode; header?: string };

type Notices = { items: readonly FlashbarProps.MessageDefinition[]; tell: (notice: Notice) => void };

const NoticesContext = createContext<Notices | undefined>(undefined);

/** Holds what the person was told last; a new notice replaces the one before, so that none goes stale. */
export function NoticesProvider({ children }: { children: ReactNode }) {
  const { t } = useLanguage();
  const [items, setItems] = useState<readonly FlashbarProps.MessageDefinition[]>([]);
  const count = useRef(0);

  const tell = useCallback(
    (notice: Notice) => {
      count.current += 1;
      setItems([
        {
          ...notice,
          id: `notice-${count.current}`,
          dismissible: true,
          dismissLabel: t('app.dismiss'),
          ariaRole: 'status',
          onDismiss: () => setItems([]),
        },
      ]);
    },
    [t],
  );

  const notices = useMemo(() => ({ items, tell }), [items, tell]);
  return <NoticesContext.Provider value={notices}>{children}</NoticesContext.Provider>;
}

/** `tell` shows a notice at the top of the page. */
export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (!notices) throw new Error('useNotices needs a NoticesProvider above it');
  return notices;
}

export function NoticeBar() {
  return <Flashbar items={useNotices().items} />;
}
