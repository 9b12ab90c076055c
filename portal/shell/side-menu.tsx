import SideNavigation from '@cloudscape-design/components/side-navigation';
import { useHref, useLocation, useNavigate } from 'react-router-dom';
import { useLanguage } from '../language/language.tsx';
import { places } from './places.ts';

/** Where one can go; the present place is marked. */
export function SideMenu() {
  const { t } = useLanguage();
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const base = useHref('/').replace(/\/$/, '');
  const here = Object.values(places).find((place) => pathname.startsWith(place));
  return (
    <SideNavigation
      header={{ href: `${base}${places.companies}`, text: t('menu.title') }}
      {...(here === undefined ? {} : { activeHref: `${base}${here}` })}
      items={[
        { type: 'link', text: t('companies.title'), href: `${base}${places.companies}` },
        { type: 'divider' },
        {
          type: 'section-group',
          title: t('settings.title'),
          items: [
            { type: 'link', text: t('integrations.menu'), href: `${base}${places.integrations}` },
            { type: 'link', text: t('syncSettings.title'), href: `${base}${places.syncSettings}` },
            { type: 'link', text: t('webhooks.title'), href: `${base}${places.webhooks}` },
            { type: 'link', text: t('apiKeys.title'), href: `${base}${places.apiKeys}` },
            { type: 'link', text: t('linkSettings.title'), href: `${base}${places.linkSettings}` },
          ],
        },
      ]}
      onFollow={(event) => {
        if (event.detail.external) return;
        event.preventDefault();
        navigate(event.detail.href.slice(base.length));
      }}
    />
  );
}
