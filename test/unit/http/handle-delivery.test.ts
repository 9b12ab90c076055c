import { describe, expect, it } from '@jest/globals';
import type { Delivery, DeliveryEnd } from '../../../src/app/hooks/take-delivery.ts';
import { makeHandleDelivery } from '../../../src/http/hooks/handle-delivery.ts';
import type { HttpRequest } from '../../../src/http/request.ts';
import { memoryLog } from '../../fakes/log.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

async function post(with_: Partial<HttpRequest> = {}, end: DeliveryEnd | 'broken' = 'taken') {
  const deliveries: Delivery[] = [];
  const { log, lines } = memoryLog();
  const handle = makeHandleDelivery({
    log,
    takeDelivery: async (delivery) => {
      deliveries.push(delivery);
      if (end === 'broken') throw new Error('the table is away');
      return end;
    },
  });
  const request: HttpRequest = {
    method: 'POST',
    path: '/hooks/freshbooks/company-1/connection-1/secret-segment',
    query: {},
    headers: { ...form, 'x-freshbooks-hmac-sha256': 'c2ln' },
    cookies: {},
    body: 'name=invoice.update&object_id=7&note=%C3%A9+a%2Bb',
    requestId: 'request-1',
    ...with_,
  };
  return { reply: await handle(request), deliveries, logged: JSON.stringify(lines) };
}

describe('what FreshBooks posts', () => {
  it('is handed on with its fields in order and decoded', async () => {
    const { deliveries } = await post();

    expect(deliveries).toEqual([
      {
        ref: { companyId: 'company-1', connectionId: 'connection-1' },
        token: 'secret-segment',
        signature: 'c2ln',
        fields: [
          ['name', 'invoice.update'],
          ['object_id', '7'],
          ['note', 'é a+b'],
        ],
      },
    ]);
  });

  it.each([undefined, 'Bearer ll_an-administrators-key', 'Bearer signed-in'])(
    'is believed by its address and signature alone, with the credential %s too',
    async (authorization) => {
      const headers = { ...form, authorization };

      const ends = [
        await post({ headers }, 'taken'),
        await post({ headers }, 'forged'),
        await post({ headers }, 'unknown'),
      ];

      expect(ends.map(({ reply }) => reply.status)).toEqual([204, 401, 404]);
      expect(JSON.stringify(ends[0]?.deliveries)).not.toContain('Bearer');
    },
  );

  it.each([
    ['taken', 204],
    ['unknown', 404],
    ['forged', 401],
    ['broken', 500],
  ] as const)('that is %s is answered with %i and not a word', async (end, status) => {
    const { reply, logged } = await post({}, end);

    expect(reply).toMatchObject({ status, body: '' });
    expect(logged).not.toContain('secret-segment');
    expect(logged).toContain('request-1');
  });

  it.each([
    ['another method', { method: 'GET' }, 405],
    ['another path', { path: '/hooks/freshbooks/a/b' }, 404],
    ['a body of a megabyte', { body: 'x'.repeat(1_000_000) }, 413],
    ['a thousand fields', { body: 'a=1&'.repeat(1_000) }, 413],
    ['JSON', { headers: { 'content-type': 'application/json' } }, 415],
    ['no content type', { headers: {} }, 415],
  ])('with %s is refused before anything is looked up', async (_what, with_, status) => {
    const { reply, deliveries } = await post(with_);

    expect(reply.status).toBe(status);
    expect(deliveries).toEqual([]);
  });
});
