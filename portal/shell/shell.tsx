import AppLayout from '@cloudscape-design/components/app-layout';
import { useState } from 'react';
import { Outlet, useLocation } from 'react-router-dom';
import { useLanguage } from '../language/language.tsx';
import { useNotices } from './notices.tsx';
import { SideMenu } from './side-menu.tsx';
import { TopBar } from './top-bar.tsx';

/** The frame around every page. */
export function Shell() {
  const { t } = useLanguage();
  const { pathname } = useLocation();
  const { bar } = useNotices();
  // On a phone the menu covers the page: following a link in it has to close it, hence open only at one place.
  const [openAt, setOpenAt] = useState<string | true | undefined>(wide() ? true : undefined);
  return (
    <>
      <TopBar />
      <AppLayout
        headerSelector="#top-bar"
        toolsHide
        navigation={<SideMenu />}
        navigationOpen={openAt === true || openAt === pathname}
        onNavigationChange={({ detail }) => setOpenAt(detail.open ? (wide() ? true : pathname) : undefined)}
        notifications={bar}
        stickyNotifications
        content={<Outlet />}
        ariaLabels={{
          navigation: t('menu.label'),
          navigationToggle: t('menu.open'),
          navigationClose: t('menu.close'),
          notifications: t('app.notices'),
        }}
      />
    </>
  );
}

function wide(): boolean {
  return window.matchMedia('(min-width: 912px)').matches;
}
