import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { useApi } from '../api/api.tsx';
import { type Role, roles } from '../api/api-keys.ts';
import { ShownOnce } from '../copying/shown-once.tsx';
import { useLanguage } from '../language/language.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { FirstInput } from '../shell/first-input.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import { SecretDialog } from '../shell/secret-dialog.tsx';

type CreateApiKeyProps = { onCreated: () => void; onClose: () => void };

/** Asks for name, role and expiry, then shows the new key: this once. */
export function CreateApiKey({ onCreated, onClose }: CreateApiKeyProps) {
  const { t } = useLanguage();
  const { apiKeys } = useApi();
  const doing = useDoing();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('operate');
  const [expires, setExpires] = useState<Lifetime>('365');
  const [tried, setTried] = useState(false);
  const [key, setKey] = useState<string>();
  const missing = name.trim() === '';

  const create = async () => {
    setTried(true);
    if (missing) return;
    const ends = expires === 'never' ? {} : { expiresInDays: Number(expires) };
    await doing.run(async () => {
      setKey((await apiKeys.create({ name: name.trim(), role, ...ends })).apiKey);
      onCreated();
    });
  };
  if (key) return <NewKey apiKey={key} onClose={onClose} />;
  return (
    <FormDialog
      title={t('apiKeys.create')}
      submitText={t('apiKeys.createNow')}
      doing={doing}
      onSubmit={() => void create()}
      onClose={onClose}
    >
      <FormField
        label={t('apiKeys.form.name')}
        description={t('apiKeys.form.nameHelp')}
        errorText={tried && missing ? t('apiKeys.form.nameMissing') : null}
      >
        <FirstInput value={name} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <FormField label={t('apiKeys.column.role')}>
        <RadioGroup
          value={role}
          items={roles.map((value) => ({
            value,
            label: t(`apiKeys.role.${value}`),
            description: t(`apiKeys.may.${value}`),
          }))}
          onChange={({ detail }) => setRole(roles.find((known) => known === detail.value) ?? role)}
        />
      </FormField>
      <Expiry chosen={expires} onChoose={setExpires} />
    </FormDialog>
  );
}

const lifetimes = ['30', '90', '365', 'never'] as const;
type Lifetime = (typeof lifetimes)[number];

function Expiry({ chosen, onChoose }: { chosen: Lifetime; onChoose: (lifetime: Lifetime) => void }) {
  const { t } = useLanguage();
  const options = lifetimes.map((value) => ({
    value,
    label: value === 'never' ? t('apiKeys.expires.never') : t('apiKeys.expires.inDays', { days: value }),
  }));
  return (
    <FormField label={t('apiKeys.column.expires')} description={t('apiKeys.expires.help')}>
      <Select
        options={options}
        selectedOption={options.find(({ value }) => value === chosen) ?? null}
        onChange={({ detail }) =>
          onChoose(lifetimes.find((known) => known === detail.selectedOption.value) ?? chosen)
        }
      />
    </FormField>
  );
}

function NewKey({ apiKey, onClose }: { apiKey: string; onClose: () => void }) {
  const { t } = useLanguage();
  return (
    <SecretDialog title={t('apiKeys.new.title')} doneText={t('apiKeys.new.done')} onClose={onClose}>
      <ShownOnce text={apiKey} name={t('apiKeys.new.key')} warning={t('apiKeys.new.once')}>
        <div>
          <Box variant="awsui-key-label">{t('apiKeys.new.use')}</Box>
          <Box variant="code">Authorization: Basic base64({t('apiKeys.new.keyWord')})</Box>
        </div>
      </ShownOnce>
    </SecretDialog>
  );
}
