import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useApi } from '../api/api.tsx';
import type { Company } from '../api/companies.ts';
import { Copy } from '../copying/copy.tsx';
import { useLanguage } from '../language/language.tsx';
import { RichText } from '../language/rich-text.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { Go } from '../shell/go.tsx';
import { freshbooksPlace } from '../shell/places.ts';

/** The address to send to the customer, and a warning while it cannot work yet. */
export function CustomerLink({ company }: { company: Company }) {
  const { t } = useLanguage();
  const { setup } = useApi();
  const integration = useLoaded(setup.integration).value;
  const warning = integration && !integration.enabled ? notReady(integration.configured) : undefined;
  return (
    <Container header={<Header description={t('customerLink.help')}>{t('customerLink.title')}</Header>}>
      <SpaceBetween size="m">
        {warning && (
          <Alert type="warning">
            <RichText
              text={t(warning)}
              parts={{ settings: <Go to={freshbooksPlace}>{t('customerLink.settings')}</Go> }}
            />
          </Alert>
        )}
        <Box fontSize="body-m">
          <Copy text={company.redirect} name={t('customerLink.title')} />
        </Box>
        {/[?&](link\.)?otp=/.test(company.redirect) && (
          <Box color="text-body-secondary">{t('customerLink.once')}</Box>
        )}
      </SpaceBetween>
    </Container>
  );
}

function notReady(configured: boolean) {
  return configured ? 'customerLink.disabled' : 'customerLink.notSetUp';
}
