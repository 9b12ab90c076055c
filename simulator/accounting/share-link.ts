import { type Row, textOf } from '../json.ts';
import { Refusal } from './refusal.ts';

/** §3A.2: the link under which a sent invoice can be seen; a never-sent one has none. */
export const shareLink = (invoice: Row, query: URLSearchParams): Row => {
  if (invoice['status'] === 1) {
    const message = 'The invoice must be sent before it can be shared.';
    throw new Refusal(422, { errno: 1004, field: 'status', object: 'invoice', value: 1, message });
  }
  const method = query.get('share_method') ?? 'share_link';
  return {
    clientid: invoice['customerid'] ?? null,
    resource_type: 'invoice',
    resourceid: textOf(invoice, 'id'),
    share_link: `https://my.freshbooks.com/#/link/${textOf(invoice, 'uuid')}?type=secondary&share_method=${method}`,
    share_method: method,
  };
};
