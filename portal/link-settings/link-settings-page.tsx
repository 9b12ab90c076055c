import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { LinkSettings } from '../api/setup.ts';
import { Copy } from '../copying/copy.tsx';
import { useLanguage } from '../language/language.tsx';
import { LoadedContent } from '../loading/loaded-content.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { useLoaded } from '../loading/use-loaded.ts';
import { useNotices } from '../shell/notices.tsx';
import { Page } from '../shell/page.tsx';
import { OneTimeLinksChoice } from './one-time-links-choice.tsx';

/** How customers link, and where their browsers go when that is done. */
export function LinkSettingsPage() {
  const { t } = useLanguage();
  const { setup } = useApi();
  const settings = useLoaded(setup.linkSettings);
  return (
    <Page title={t('linkSettings.title')} description={t('linkSettings.description')}>
      <LoadedContent loaded={settings}>
        {(value) => <LinkSettingsForm settings={value} onSaved={settings.put} />}
      </LoadedContent>
    </Page>
  );
}

type LinkSettingsFormProps = { settings: LinkSettings; onSaved: (settings: LinkSettings) => void };

function LinkSettingsForm({ settings, onSaved }: LinkSettingsFormProps) {
  const { t } = useLanguage();
  const { setup } = useApi();
  const { tell } = useNotices();
  const doing = useDoing();
  const [url, setUrl] = useState(settings.redirectUrl ?? '');
  const [oneTimeLinks, setOneTimeLinks] = useState(settings.oneTimeLinks);
  const save = () =>
    doing.run(async () => {
      const saved = await setup.saveLinkSettings(url.trim(), oneTimeLinks);
      setUrl(saved.redirectUrl ?? '');
      onSaved(saved);
      tell({ type: 'success', content: t('linkSettings.saved') });
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Form
        actions={
          <Button variant="primary" loading={doing.busy}>
            {t('linkSettings.save')}
          </Button>
        }
      >
        <SpaceBetween size="l">
          <ProblemAlert problem={doing.problem} />
          <OneTimeLinksChoice value={oneTimeLinks} onChange={setOneTimeLinks} />
          <Container header={<Header>{t('linkSettings.return')}</Header>}>
            <SpaceBetween size="l">
              <FormField
                label={t('linkSettings.url')}
                description={t('linkSettings.urlHelp')}
                constraintText={t('linkSettings.urlRule')}
                stretch
              >
                <Input
                  value={url}
                  inputMode="url"
                  spellcheck={false}
                  placeholder="https://app.example.com/linked?company={companyId}&status={statusCode}"
                  onChange={({ detail }) => setUrl(detail.value)}
                />
              </FormField>
              <Placeholders names={settings.placeholders} />
            </SpaceBetween>
          </Container>
        </SpaceBetween>
      </Form>
    </form>
  );
}

function Placeholders({ names }: { names: readonly string[] }) {
  const { t } = useLanguage();
  return (
    <div>
      <Box variant="awsui-key-label">{t('linkSettings.placeholders')}</Box>
      <Box color="text-body-secondary" padding={{ bottom: 'xs' }}>
        {t('linkSettings.placeholdersHelp')}
      </Box>
      <ul className="scopes">
        {names.map((name) => (
          <li key={name}>
            <Copy text={`{${name}}`} name={name} />
          </li>
        ))}
      </ul>
    </div>
  );
}
