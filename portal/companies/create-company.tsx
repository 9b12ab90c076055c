import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useApi } from '../api/api.tsx';
import { useLanguage } from '../language/language.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { FirstInput } from '../shell/first-input.tsx';
import { FormDialog } from '../shell/form-dialog.tsx';
import { useNotices } from '../shell/notices.tsx';
import { companyPlace } from '../shell/places.ts';

/** The dialog that creates a company and leads to its page, where its link is. */
export function CreateCompany({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage();
  const { companies } = useApi();
  const { tell } = useNotices();
  const navigate = useNavigate();
  const doing = useDoing();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [tried, setTried] = useState(false);
  const missing = name.trim() === '';

  const create = async () => {
    setTried(true);
    if (missing) return;
    await doing.run(async () => {
      const about = description.trim();
      const company = await companies.create({
        name: name.trim(),
        ...(about === '' ? {} : { description: about }),
      });
      const place = companyPlace(company.id);
      tell({ type: 'success', content: t('companies.created', { name: company.name }) }, place);
      navigate(place);
    });
  };

  return (
    <FormDialog
      title={t('companies.create')}
      submitText={t('companies.createNow')}
      doing={doing}
      onSubmit={() => void create()}
      onClose={onClose}
    >
      <FormField
        label={t('companies.form.name')}
        description={t('companies.form.nameHelp')}
        errorText={tried && missing ? t('companies.form.nameMissing') : null}
      >
        <FirstInput value={name} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
      <FormField label={t('companies.form.description')} description={t('companies.form.descriptionHelp')}>
        <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
      </FormField>
    </FormDialog>
  );
}
