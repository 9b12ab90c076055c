import FormField from '@cloudscape-design/components/form-field';
import Multiselect from '@cloudscape-design/components/multiselect';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useApi } from '../api/api.tsx';
import type { Webhook, WebhookWish } from '../api/webhooks.ts';
import { useLanguage } from '../language/language.tsx';
import { useLoaded } from '../loading/use-loaded.ts';
import { FirstInput } from '../shell/first-input.tsx';

/** An endpoint as it is typed. */
export type WebhookDraft = { url: string; eventTypes: string[]; tags: string };

export function draftOf({ url, eventTypes, companyTags }: Webhook): WebhookDraft {
  return { url, eventTypes, tags: companyTags.join('\n') };
}

/** What is sent for a draft; tags are one a line. */
export function wishOf({ url, eventTypes, tags }: WebhookDraft, disabled: boolean): WebhookWish {
  const companyTags = tags
    .split('\n')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  return { url: url.trim(), eventTypes, companyTags, disabled };
}

type WebhookFieldsProps = {
  draft: WebhookDraft;
  onChange: (draft: WebhookDraft) => void;
  urlMissing: boolean;
};

/** Where to send, of what, and of which companies. */
export function WebhookFields({ draft, onChange, urlMissing }: WebhookFieldsProps) {
  const { t } = useLanguage();
  return (
    <SpaceBetween size="m">
      <FormField
        label={t('webhooks.url')}
        constraintText={t('webhooks.urlRule')}
        errorText={urlMissing ? t('webhooks.urlMissing') : null}
      >
        <FirstInput
          value={draft.url}
          inputMode="url"
          spellcheck={false}
          placeholder="https://app.example.com/hooks/ledgerlink"
          onChange={({ detail }) => onChange({ ...draft, url: detail.value })}
        />
      </FormField>
      <EventTypes chosen={draft.eventTypes} onChoose={(eventTypes) => onChange({ ...draft, eventTypes })} />
      <FormField
        label={t('webhooks.tagsOptional')}
        description={t('webhooks.tagsHelp')}
        constraintText={t('webhooks.tagsRule')}
      >
        <Textarea
          value={draft.tags}
          rows={2}
          placeholder="region:west"
          onChange={({ detail }) => onChange({ ...draft, tags: detail.value })}
        />
      </FormField>
    </SpaceBetween>
  );
}

type EventTypesProps = { chosen: string[]; onChoose: (eventTypes: string[]) => void };

function EventTypes({ chosen, onChoose }: EventTypesProps) {
  const { t, word } = useLanguage();
  const { webhooks } = useApi();
  const known = useLoaded(webhooks.eventTypes);
  const options = (known.value?.results ?? []).map(({ eventType }) => ({
    value: eventType,
    label: eventType,
    description: word('eventType', eventType),
  }));
  return (
    <FormField label={t('webhooks.eventTypesOptional')} description={t('webhooks.eventTypesHelp')}>
      <Multiselect
        options={options}
        selectedOptions={chosen.map((value) => ({ value, label: value }))}
        placeholder={t('webhooks.allTypes')}
        filteringType="auto"
        filteringAriaLabel={t('webhooks.findType')}
        filteringPlaceholder={t('webhooks.findType')}
        statusType={known.value ? 'finished' : 'loading'}
        deselectAriaLabel={({ label = '' }) => t('webhooks.withoutType', { type: label })}
        onChange={({ detail }) => onChoose(detail.selectedOptions.map(({ value = '' }) => value))}
      />
    </FormField>
  );
}
