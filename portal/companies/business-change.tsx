import Toggle from '@cloudscape-design/components/toggle';
import { useApi } from '../api/api.tsx';
import type { Connection } from '../api/companies.ts';
import { formatInstant } from '../language/format-instant.ts';
import { useLanguage } from '../language/language.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useDoing } from '../loading/use-doing.ts';

type BusinessChangeProps = { companyId: string; connection: Connection; onChanged: () => void };

/** Whether the customer may link another business by the same link; the former one's books stay as they are. */
export function BusinessChange({ companyId, connection, onChanged }: BusinessChangeProps) {
  const { t, language } = useLanguage();
  const { companies } = useApi();
  const doing = useDoing();
  const until = connection.businessChangeAllowedUntil;
  const allow = (allowed: boolean) =>
    doing.run(async () => {
      await companies.allowBusinessChange(companyId, connection.id, allowed);
      onChanged();
    });
  return (
    <>
      <ProblemAlert problem={doing.problem} />
      <Toggle
        checked={until !== undefined}
        disabled={doing.busy}
        description={
          until === undefined
            ? t('businessChange.help')
            : t('businessChange.until', { at: formatInstant(until, language) })
        }
        onChange={({ detail }) => void allow(detail.checked)}
      >
        {t('businessChange.allow')}
      </Toggle>
    </>
  );
}
