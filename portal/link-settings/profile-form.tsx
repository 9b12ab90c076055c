import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { Profile } from '../api/profile.ts';
import type { LinkSettings } from '../api/setup.ts';
import { useLanguage } from '../language/language.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { useNotices } from '../shell/notices.tsx';
import { OneTimeLinksChoice } from './one-time-links-choice.tsx';
import { Placeholders } from './placeholders.tsx';

/** The profile as it is typed: every field a text. */
type Draft = { name: string; redirectUrl: string; logoUrl: string; iconUrl: string; origins: string };

/** Saves how customers link, where they return to and from what origins, and name and pictures. */
export function ProfileForm({ profile, links }: { profile: Profile; links: LinkSettings }) {
  const { t } = useLanguage();
  const api = useApi();
  const { tell } = useNotices();
  const doing = useDoing();
  const [draft, setDraft] = useState(() => draftOf(profile));
  const [oneTimeLinks, setOneTimeLinks] = useState(links.oneTimeLinks);
  const set = (field: keyof Draft) => (value: string) => setDraft({ ...draft, [field]: value });
  const save = () =>
    doing.run(async () => {
      // The profile first: the return address may need its origins.
      const saved = await api.profile.save(profileOf(draft));
      setDraft(draftOf(saved));
      const { oneTimeLinks: kept } = await api.setup.saveLinkSettings(saved.redirectUrl, oneTimeLinks);
      setOneTimeLinks(kept);
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
          <ReturnSettings draft={draft} set={set} placeholders={links.placeholders} />
          <NameSettings draft={draft} set={set} />
        </SpaceBetween>
      </Form>
    </form>
  );
}

type SettingsProps = { draft: Draft; set: (field: keyof Draft) => (value: string) => void };

function ReturnSettings({ draft, set, placeholders }: SettingsProps & { placeholders: string[] }) {
  const { t } = useLanguage();
  return (
    <Container header={<Header>{t('linkSettings.return')}</Header>}>
      <SpaceBetween size="l">
        <FormField
          label={t('linkSettings.url')}
          description={t('linkSettings.urlHelp')}
          constraintText={t('linkSettings.urlRule')}
          stretch
        >
          <Address
            value={draft.redirectUrl}
            onChange={set('redirectUrl')}
            placeholder="https://app.example.com/linked?company={companyId}&status={statusCode}"
          />
        </FormField>
        <Placeholders names={placeholders} />
        <FormField
          label={t('linkSettings.origins')}
          description={t('linkSettings.originsHelp')}
          constraintText={t('linkSettings.originsRule')}
          stretch
        >
          <Textarea
            value={draft.origins}
            rows={3}
            spellcheck={false}
            placeholder="https://app.example.com"
            onChange={({ detail }) => set('origins')(detail.value)}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}

function NameSettings({ draft, set }: SettingsProps) {
  const { t } = useLanguage();
  return (
    <Container header={<Header description={t('profile.help')}>{t('profile.title')}</Header>}>
      <SpaceBetween size="l">
        <FormField label={t('profile.name')} stretch>
          <Input value={draft.name} onChange={({ detail }) => set('name')(detail.value)} />
        </FormField>
        <FormField label={t('profile.logo')} constraintText={t('profile.pictureRule')} stretch>
          <Address value={draft.logoUrl} onChange={set('logoUrl')} />
        </FormField>
        <FormField label={t('profile.icon')} constraintText={t('profile.pictureRule')} stretch>
          <Address value={draft.iconUrl} onChange={set('iconUrl')} />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}

type AddressProps = { value: string; onChange: (value: string) => void; placeholder?: string };

function Address({ value, onChange, placeholder = 'https://' }: AddressProps) {
  return (
    <Input
      value={value}
      inputMode="url"
      spellcheck={false}
      placeholder={placeholder}
      onChange={({ detail }) => onChange(detail.value)}
    />
  );
}

function draftOf({ whiteListUrls, logoUrl = '', iconUrl = '', ...profile }: Profile): Draft {
  return { ...profile, logoUrl, iconUrl, origins: whiteListUrls.join('\n') };
}

/** Pictures that are empty are left out: that takes them away. */
function profileOf({ origins, name, redirectUrl, logoUrl, iconUrl }: Draft): Profile {
  return {
    name: name.trim(),
    redirectUrl: redirectUrl.trim(),
    ...(logoUrl.trim() === '' ? {} : { logoUrl: logoUrl.trim() }),
    ...(iconUrl.trim() === '' ? {} : { iconUrl: iconUrl.trim() }),
    whiteListUrls: origins.split(/\s+/).filter((origin) => origin !== ''),
  };
}
