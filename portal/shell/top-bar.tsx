import TopNavigation from '@cloudscape-design/components/top-navigation';
import { useHref, useNavigate } from 'react-router-dom';
import { useLanguage } from '../language/language.tsx';
import { isLanguage } from '../language/messages.ts';
import { useSignedIn } from '../sign-in/signed-in-context.ts';

/** The bar every page has: home, language, and the person with the way out. */
export function TopBar() {
  const { t, language, speak } = useLanguage();
  const { name, signOut } = useSignedIn();
  const spoken = language === 'en' ? 'English' : 'Français';
  const home = useHref('/');
  const navigate = useNavigate();
  return (
    <div id="top-bar">
      <TopNavigation
        identity={{
          href: home,
          title: t('app.name'),
          logo: { src: `${import.meta.env.BASE_URL}mark.svg`, alt: t('app.logo') },
          onFollow: (event) => {
            event.preventDefault();
            navigate('/');
          },
        }}
        utilities={[
          {
            type: 'menu-dropdown',
            iconName: 'globe',
            text: spoken,
            ariaLabel: t('app.language', { language: spoken }),
            items: [
              { id: 'en', text: 'English', lang: 'en' },
              { id: 'fr-CA', text: 'Français (Canada)', lang: 'fr-CA' },
            ],
            onItemClick: ({ detail }) => isLanguage(detail.id) && speak(detail.id),
          },
          {
            type: 'menu-dropdown',
            iconName: 'user-profile',
            text: name,
            ariaLabel: t('app.account', { name }),
            items: [{ id: 'sign-out', text: t('app.signOut') }],
            onItemClick: signOut,
          },
        ]}
      />
    </div>
  );
}
