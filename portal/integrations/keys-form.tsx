import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { Integration } from '../api/setup.ts';
import { useLanguage } from '../language/language.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { SecretField } from './secret-field.tsx';
import { holdsWhiteSpace } from './white-space.ts';

type KeysFormProps = {
  clientId: string;
  scopes?: readonly string[];
  onSaved: (integration: Integration) => void;
  onCancel?: () => void;
};

/** Asks for Client ID and Client secret; keys that cannot be right are refused before they are sent. */
export function KeysForm({ clientId: before, scopes, onSaved, onCancel }: KeysFormProps) {
  const { t } = useLanguage();
  const { setup } = useApi();
  const doing = useDoing();
  const [clientId, setClientId] = useState(before);
  const [clientSecret, setClientSecret] = useState('');
  const [tried, setTried] = useState(false);

  const wrong = (key: string, missing: string): string | null => {
    if (holdsWhiteSpace(key)) return t('keys.whiteSpace');
    return tried && key === '' ? missing : null;
  };
  const sound = [clientId, clientSecret].every((key) => key !== '' && !holdsWhiteSpace(key));

  const save = async () => {
    setTried(true);
    if (!sound) return;
    await doing.run(async () => {
      const saved = await setup.saveKeys({ clientId, clientSecret, ...(scopes ? { scopes } : {}) });
      setClientSecret('');
      onSaved(saved);
    });
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {onCancel && (
              <Button variant="link" formAction="none" onClick={onCancel}>
                {t('app.cancel')}
              </Button>
            )}
            <Button variant="primary" loading={doing.busy}>
              {t('keys.save')}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          <ProblemAlert problem={doing.problem} />
          <FormField label={t('keys.clientId')} errorText={wrong(clientId, t('keys.clientIdMissing'))}>
            <Input
              value={clientId}
              autoComplete="off"
              spellcheck={false}
              onChange={({ detail }) => setClientId(detail.value)}
            />
          </FormField>
          <SecretField
            value={clientSecret}
            onChange={setClientSecret}
            errorText={wrong(clientSecret, t('keys.clientSecretMissing'))}
          />
          <Box color="text-body-secondary">{t('keys.noSpaces')}</Box>
        </SpaceBetween>
      </Form>
    </form>
  );
}
