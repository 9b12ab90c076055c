import { useLanguage } from '../language/language.tsx';
import { Go } from '../shell/go.tsx';
import { proofPlace } from '../shell/places.ts';

/** The way to the proof of a data type. */
export function ProofLink({ companyId, dataType }: { companyId: string; dataType: string }) {
  const { t, word } = useLanguage();
  return (
    <Go
      to={proofPlace(companyId, dataType)}
      ariaLabel={t('proof.title', { dataType: word('dataType', dataType) })}
    >
      {t('proof.show')}
    </Go>
  );
}
