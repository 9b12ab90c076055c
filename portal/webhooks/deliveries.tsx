import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useState } from 'react';
import { useApi } from '../api/api.tsx';
import type { Replay, Webhook } from '../api/webhooks.ts';
import { useLanguage } from '../language/language.tsx';
import { plural } from '../language/plural.ts';
import { Empty } from '../loading/empty.tsx';
import { ProblemAlert } from '../loading/problem-alert.tsx';
import { useDoing } from '../loading/use-doing.ts';
import { useLoaded } from '../loading/use-loaded.ts';
import { useLookingAgain } from '../loading/use-looking-again.ts';
import { ListTable } from '../shell/list-table.tsx';
import { useNotices } from '../shell/notices.tsx';
import { useDeliveryColumns } from './delivery-columns.tsx';
import { ReplayRange } from './replay-range.tsx';

const pageSize = 50;

type DeliveriesProps = { webhook: Webhook; onLook: () => Promise<void> };

/**
 * What was sent to an endpoint and what it answered, newest first; any of it can be sent again. While something is on
 * its way it looks again by itself, at the endpoint too: the answer may have disabled it.
 */
export function Deliveries({ webhook, onLook }: DeliveriesProps) {
  const { t } = useLanguage();
  const { webhooks } = useApi();
  const [shown, setShown] = useState(pageSize);
  const [choosing, setChoosing] = useState(false);
  const load = useCallback(
    () => webhooks.deliveries(webhook.id, undefined, shown),
    [webhooks, webhook, shown],
  );
  const { value, problem, loading, reload } = useLoaded(load);
  const resting = webhook.disabled || webhook.pausedUntil !== undefined;
  const moving = !resting && (value?.results.some(({ status }) => status === 'Sending') ?? false);
  useLookingAgain(moving, loading, onLook);
  const { doing, replay } = useReplay(webhook.id, reload);
  const columns = useDeliveryColumns(
    (eventId) => void doing.run(() => replay({ eventId })),
    webhook.disabled,
  );
  const choose = (id: string) =>
    id === 'range' ? setChoosing(true) : void doing.run(() => replay({ failed: true }));
  return (
    <SpaceBetween size="m">
      <ProblemAlert problem={problem ?? doing.problem} />
      <ListTable
        columnDefinitions={columns}
        items={value?.results ?? []}
        trackBy="eventId"
        loading={loading && value === undefined}
        header={
          <Header
            description={t('deliveries.help')}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  iconName="refresh"
                  ariaLabel={t('history.reload')}
                  loading={loading}
                  onClick={() => void reload()}
                />
                <ButtonDropdown
                  loading={doing.busy}
                  disabled={webhook.disabled}
                  items={[
                    { id: 'failed', text: t('replay.failed') },
                    { id: 'range', text: t('replay.range') },
                  ]}
                  onItemClick={({ detail }) => choose(detail.id)}
                >
                  {t('replay.menu')}
                </ButtonDropdown>
              </SpaceBetween>
            }
          >
            {t('deliveries.title')}
          </Header>
        }
        empty={<Empty title={t('deliveries.empty.title')} text={t('deliveries.empty.text')} />}
        footer={
          value?.next !== undefined && (
            <Button loading={loading} onClick={() => setShown(shown + pageSize)}>
              {t('deliveries.older')}
            </Button>
          )
        }
      />
      {choosing && (
        <ReplayRange last={webhook.lastSequence} onReplay={replay} onClose={() => setChoosing(false)} />
      )}
    </SpaceBetween>
  );
}

/** Sending again; a range of many is asked for in parts, as the server answers where to go on. */
function useReplay(webhookId: string, reload: () => Promise<void>) {
  const { t, language } = useLanguage();
  const { webhooks } = useApi();
  const { tell } = useNotices();
  const doing = useDoing();
  const replay = async (wish: Replay) => {
    let { replayed: count, next } = await webhooks.replay(webhookId, wish);
    while (next !== undefined && 'upTo' in wish) {
      const more = await webhooks.replay(webhookId, { ...wish, after: next });
      count += more.replayed;
      next = more.next;
    }
    tell({ type: 'success', content: t(`replay.done.${plural(count, language)}`, { count }) });
    await reload();
  };
  return { doing, replay };
}
