import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Copy } from '../copying/copy.tsx';
import { useLanguage } from '../language/language.tsx';
import { RichText } from '../language/rich-text.tsx';

const freshbooksSite = 'https://www.freshbooks.com';
const developerPortal = 'https://my.freshbooks.com/#/developer';

/** How to create the app in FreshBooks' developer portal, in the order of its pages. */
export function CreateAppGuide({ redirectUri }: { redirectUri: string }) {
  const { t } = useLanguage();
  const outside = (href: string, text: string) => (
    <Link href={href} external externalIconAriaLabel={t('app.opensNewTab')}>
      {text}
    </Link>
  );
  const site = outside(freshbooksSite, 'freshbooks.com');
  const apps = outside(developerPortal, t('guide.appsPage'));
  return (
    <Container header={<Header description={t('guide.help')}>{t('guide.title')}</Header>}>
      <SpaceBetween size="m">
        <ol className="steps">
          <li>
            <RichText text={t('guide.signIn')} parts={{ site }} />
          </li>
          <li>
            <RichText text={t('guide.open')} parts={{ apps }} />
          </li>
          <li>
            <RichText text={t('guide.create')} />
          </li>
          <li>
            <RichText text={t('guide.fill')} />
            <ul>
              <li>
                <RichText text={t('guide.name')} />
              </li>
              <li>
                <RichText text={t('guide.type')} />
              </li>
              <li>
                <RichText text={t('guide.scopes')} />
              </li>
              <li>
                <RichText
                  text={t('guide.redirectUri')}
                  parts={{
                    uri: (
                      <Copy
                        text={redirectUri}
                        shown={<Box variant="code">{redirectUri}</Box>}
                        name={t('guide.redirectUriName')}
                      />
                    ),
                  }}
                />
              </li>
            </ul>
          </li>
          <li>
            <RichText text={t('guide.save')} />
          </li>
          <li>
            <RichText text={t('guide.keys')} />
          </li>
        </ol>
        <Alert type="info">{t('guide.classic')}</Alert>
      </SpaceBetween>
    </Container>
  );
}
