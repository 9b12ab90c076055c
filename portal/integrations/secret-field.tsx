import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useLanguage } from '../language/language.tsx';

type SecretFieldProps = { value: string; onChange: (value: string) => void; errorText: string | null };

/** The Client secret: hidden while typed, shown on request. */
export function SecretField({ value, onChange, errorText }: SecretFieldProps) {
  const { t } = useLanguage();
  const [shown, setShown] = useState(false);
  return (
    <FormField label={t('keys.clientSecret')} description={t('keys.secretHelp')} errorText={errorText}>
      <div className="secret-field">
        <Input
          value={value}
          type={shown ? 'text' : 'password'}
          autoComplete="new-password"
          spellcheck={false}
          onChange={({ detail }) => onChange(detail.value)}
        />
        <Button formAction="none" onClick={() => setShown(!shown)}>
          {t(shown ? 'keys.hide' : 'keys.show')}
        </Button>
      </div>
    </FormField>
  );
}
