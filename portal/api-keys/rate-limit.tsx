import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { RateLimit as Limit } from '../api/api-keys.ts';
import { useLanguage } from '../language/language.tsx';
import { LoadedContent } from '../loading/loaded-content.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { useLoaded } from '../loading/use-loaded.ts';
import { useNotices } from '../shell/notices.tsx';

/** How often each key may call. */
export function RateLimit() {
  const { t } = useLanguage();
  const { apiKeys } = useApi();
  const limit = useLoaded(apiKeys.rateLimit);
  return (
    <Container header={<Header description={t('rateLimit.help')}>{t('rateLimit.title')}</Header>}>
      <LoadedContent loaded={limit}>{(value) => <RateLimitForm limit={value} />}</LoadedContent>
    </Container>
  );
}

function RateLimitForm({ limit }: { limit: Limit }) {
  const { t } = useLanguage();
  const { apiKeys } = useApi();
  const { tell } = useNotices();
  const doing = useDoing();
  const [typed, setTyped] = useState(String(limit.requestsPerMinute));
  const wrong = !/^\d+$/.test(typed.trim());
  const save = () =>
    doing.run(async () => {
      const saved = await apiKeys.saveRateLimit({ requestsPerMinute: Number(typed) });
      setTyped(String(saved.requestsPerMinute));
      tell({ type: 'success', content: t('rateLimit.saved') });
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) void save();
      }}
    >
      <SpaceBetween size="m">
        <ProblemAlert problem={doing.problem} />
        <FormField
          label={t('rateLimit.perMinute')}
          constraintText={t('rateLimit.rule')}
          errorText={wrong ? t('rateLimit.wrong') : null}
        >
          <Input value={typed} inputMode="numeric" onChange={({ detail }) => setTyped(detail.value)} />
        </FormField>
        <Button loading={doing.busy}>{t('rateLimit.save')}</Button>
      </SpaceBetween>
    </form>
  );
}
