import { useNavigate } from 'react-router-dom';
import { useApi } from '../api/api.tsx';
import type { Company } from '../api/companies.ts';
import { useLanguage } from '../language/language.tsx';
import { Confirm } from '../shell/confirm.tsx';
import { useNotices } from '../shell/notices.tsx';
import { places } from '../shell/places.ts';

/** Asks before a company goes, with its connections and its data. */
export function DeleteCompany({ company, onClose }: { company: Company; onClose: () => void }) {
  const { t } = useLanguage();
  const { companies } = useApi();
  const { tell } = useNotices();
  const navigate = useNavigate();
  const remove = async () => {
    await companies.remove(company.id);
    tell({ type: 'success', content: t('company.deleted', { name: company.name }) }, places.companies);
    navigate(places.companies);
  };
  return (
    <Confirm
      title={t('company.delete.title', { name: company.name })}
      confirmText={t('company.delete')}
      onConfirm={remove}
      onClose={onClose}
    >
      {t('company.delete.text')}
    </Confirm>
  );
}
