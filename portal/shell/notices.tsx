import Flashbar from '@cloudscape-design/components/flashbar';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { useLanguage } from '../language/language.tsx';

type Notice = { type: 'success' | 'info'; content: ReactNode };

type Notices = {
  /** Shows a notice at the top of the present page, or of the one that is gone to next. */
  tell: (notice: Notice, place?: string) => void;
  clear: () => void;
};

const NoticesContext = createContext<(Notices & { bar: ReactNode }) | undefined>(undefined);

/** Holds what the person was told last; it belongs to one page and is gone on every other, so that none goes stale. */
export function NoticesProvider({ children }: { children: ReactNode }) {
  const { t } = useLanguage();
  const { pathname } = useLocation();
  const [told, setTold] = useState<{ notice: Notice; place: string }>();

  const clear = useCallback(() => setTold(undefined), []);
  const tell = useCallback((notice: Notice, place = pathname) => setTold({ notice, place }), [pathname]);

  const notices = useMemo(() => {
    const shown = told && told.place === pathname ? [told.notice] : [];
    const items = shown.map((notice) => ({
      ...notice,
      id: 'notice',
      dismissible: true,
      dismissLabel: t('app.dismiss'),
      ariaRole: 'status' as const,
      onDismiss: clear,
    }));
    return { tell, clear, bar: <Flashbar items={items} /> };
  }, [told, pathname, tell, clear, t]);

  return <NoticesContext.Provider value={notices}>{children}</NoticesContext.Provider>;
}

/** Telling the person that something was done. Outside a `NoticesProvider` it throws. */
export function useNotices(): Notices & { bar: ReactNode } {
  const notices = useContext(NoticesContext);
  if (!notices) throw new Error('useNotices needs a NoticesProvider above it');
  return notices;
}
