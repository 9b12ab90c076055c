import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useHref, useNavigate } from 'react-router-dom';
import { useApi } from '../api/api.tsx';
import type { Integration } from '../api/setup.ts';
import { useLanguage } from '../language/language.tsx';
import { LoadedContent } from '../loading/loaded-content.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { Page } from '../shell/page.tsx';
import { freshbooksPlace } from '../shell/places.ts';
import { EnableToggle } from './enable-toggle.tsx';

/** The accounting integrations: set up, switched on and off, managed. */
export function AccountingPage() {
  const { t } = useLanguage();
  const { setup } = useApi();
  const integration = useLoaded(setup.integration);
  return (
    <Page title={t('integrations.title')} description={t('integrations.description')}>
      <LoadedContent loaded={integration}>
        {(value) => (
          <Container header={<Header variant="h2">{t('integrations.accounting')}</Header>}>
            <FreshBooksRow integration={value} onChanged={integration.put} />
          </Container>
        )}
      </LoadedContent>
    </Page>
  );
}

type RowProps = { integration: Integration; onChanged: (integration: Integration) => void };

function FreshBooksRow({ integration, onChanged }: RowProps) {
  const { t } = useLanguage();
  return (
    <div className="integration-row">
      <div className="integration-name">
        <img src={`${import.meta.env.BASE_URL}freshbooks.svg`} alt="" />
        <div>
          <Box variant="h3" padding="n">
            FreshBooks
          </Box>
          <Box color="text-body-secondary">{t('integrations.freshbooks')}</Box>
        </div>
      </div>
      <div className="integration-actions">
        {integration.configured ? (
          <>
            <EnableToggle integration={integration} onChanged={onChanged} />
            <SettingsButton text={t('integrations.manage')} label={t('integrations.manageLabel')} />
          </>
        ) : (
          <SettingsButton primary text={t('integrations.setUp')} label={t('integrations.setUpLabel')} />
        )}
      </div>
    </div>
  );
}

type SettingsButtonProps = { text: string; label: string; primary?: boolean };

function SettingsButton({ text, label, primary = false }: SettingsButtonProps) {
  const navigate = useNavigate();
  const href = useHref(freshbooksPlace);
  return (
    <Button
      variant={primary ? 'primary' : 'normal'}
      href={href}
      ariaLabel={label}
      onFollow={(event) => {
        event.preventDefault();
        navigate(freshbooksPlace);
      }}
    >
      {text}
    </Button>
  );
}
