import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useApi } from '../api/api.tsx';
import { Copy } from '../copying/copy.tsx';
import { useLanguage } from '../language/language.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { FirstInput } from '../shell/first-input.tsx';

type CreateApiKeyProps = { onCreated: () => void; onClose: () => void };

/** Asks for a name, then shows the new key: this once. */
export function CreateApiKey({ onCreated, onClose }: CreateApiKeyProps) {
  const { t } = useLanguage();
  const { apiKeys } = useApi();
  const doing = useDoing();
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const [key, setKey] = useState<string>();
  const missing = name.trim() === '';

  const create = async () => {
    setTried(true);
    if (missing) return;
    await doing.run(async () => {
      setKey((await apiKeys.create(name.trim())).apiKey);
      onCreated();
    });
  };
  return (
    <Modal
      visible
      header={t(key ? 'apiKeys.new.title' : 'apiKeys.create')}
      closeAriaLabel={t('app.close')}
      // A click beside the dialog must not lose a key that is shown once.
      onDismiss={({ detail }) => (key && detail.reason === 'overlay' ? undefined : onClose())}
      footer={
        <Box float="right">
          {key ? (
            <Button variant="primary" onClick={onClose}>
              {t('apiKeys.new.done')}
            </Button>
          ) : (
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={onClose}>
                {t('app.cancel')}
              </Button>
              <Button variant="primary" loading={doing.busy} onClick={() => void create()}>
                {t('apiKeys.createNow')}
              </Button>
            </SpaceBetween>
          )}
        </Box>
      }
    >
      {key ? (
        <NewKey apiKey={key} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void create();
          }}
        >
          <SpaceBetween size="m">
            <ProblemAlert problem={doing.problem} />
            <FormField
              label={t('apiKeys.form.name')}
              description={t('apiKeys.form.nameHelp')}
              errorText={tried && missing ? t('apiKeys.form.nameMissing') : null}
            >
              <FirstInput value={name} onChange={({ detail }) => setName(detail.value)} />
            </FormField>
          </SpaceBetween>
        </form>
      )}
    </Modal>
  );
}

function NewKey({ apiKey }: { apiKey: string }) {
  const { t } = useLanguage();
  return (
    <SpaceBetween size="m">
      <Alert type="warning">{t('apiKeys.new.once')}</Alert>
      <div>
        <Box variant="awsui-key-label">{t('apiKeys.new.key')}</Box>
        <Copy text={apiKey} name={t('apiKeys.new.key')} />
      </div>
      <div>
        <Box variant="awsui-key-label">{t('apiKeys.new.use')}</Box>
        <Box variant="code">Authorization: Basic base64({t('apiKeys.new.keyWord')})</Box>
      </div>
    </SpaceBetween>
  );
}
