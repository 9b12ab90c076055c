import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useApi } from '../api/api.tsx';
import { useLanguage } from '../language/language.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { FirstInput } from '../shell/first-input.tsx';
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
    <Modal
      visible
      header={t('companies.create')}
      closeAriaLabel={t('app.close')}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t('app.cancel')}
            </Button>
            <Button variant="primary" loading={doing.busy} onClick={() => void create()}>
              {t('companies.createNow')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <SpaceBetween size="m">
          <ProblemAlert problem={doing.problem} />
          <FormField
            label={t('companies.form.name')}
            description={t('companies.form.nameHelp')}
            errorText={tried && missing ? t('companies.form.nameMissing') : null}
          >
            <FirstInput value={name} onChange={({ detail }) => setName(detail.value)} />
          </FormField>
          <FormField
            label={t('companies.form.description')}
            description={t('companies.form.descriptionHelp')}
          >
            <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
          </FormField>
        </SpaceBetween>
        {/* Without it, Enter does not send a form of two fields. */}
        <button type="submit" hidden tabIndex={-1} />
      </form>
    </Modal>
  );
}
