import type { Row } from '../json.ts';
import { uuidOf } from '../ledger/chart.ts';
import type { Books } from '../resources/resource.ts';
import type { Endpoint, Read } from './endpoint.ts';

const connectionId = (books: Books): string => uuidOf('gateway', books.accountId).replaceAll('-', '');

const options = (entity_type: string, entity_id: string, books: Books): Row => ({
  payment_options: {
    allow_partial_payments: false,
    entity_id,
    entity_type,
    gateway_info: {
      account_id: '210000012',
      bank_transfer_enabled: false,
      can_process_payments: true,
      country: 'CA',
      currencies: ['CAD', 'USD'],
      gateway_name: 'stripe',
      id: connectionId(books),
      user_publishable_key: null,
    },
    gateway_name: 'stripe',
    has_ach_transfer: false,
    has_acss_debit: false,
    has_bacs_debit: false,
    has_credit_card: true,
    has_paypal_smart_checkout: false,
    has_sepa_debit: false,
    stripe_acss_payment_options: null,
  },
});

// §3A.17: `stripe_unified` is the key of 2026.
const gateway = ({ books }: Read): Row => ({
  gateway_connections: [
    {
      stripe_unified: {
        country: 'CA',
        currencies: ['CAD', 'USD'],
        email: 'payments@books.example',
        gateway_user_id: 'acct_simulated',
        id: connectionId(books),
        user_state: 'registered',
      },
    },
  ],
});

const systemGateways = ({ books }: Read): Row => {
  const gateways = [{ connectionid: connectionId(books), gateway_name: 'stripe', gatewayid: 26, id: 26 }];
  return { response: { result: { gateways, page: 1, pages: 1, per_page: 15, total: 1 } } };
};

const ofDocument =
  (kind: 'invoice' | 'invoice_profile', resource: 'invoices' | 'invoice_profiles') =>
  ({ params: [id = ''], books }: Read): Row | undefined =>
    books.rows(resource).get(Number(id)) && options(kind, id, books);

const online = { family: 'payments', tenant: 'accountId', scope: 'online_payments' } as const;
const paymentOptions = { ...online, name: 'payment_options' } as const;
const under = (rest: string): RegExp => new RegExp(`^/payments/account/([^/]+)/${rest}$`);

/** §3A.17 */
export const onlinePaymentEndpoints: readonly Endpoint[] = [
  { ...online, name: 'gateways', pattern: under('gateway'), read: gateway },
  {
    ...online,
    family: 'accounting',
    name: 'gateways',
    pattern: /^\/accounting\/account\/([^/]+)\/systems\/gateways$/,
    read: systemGateways,
  },
  {
    ...paymentOptions,
    pattern: under('payment_options'),
    read: ({ query, books }) => options(query.get('entity_type') ?? 'invoice', books.accountId, books),
  },
  {
    ...paymentOptions,
    pattern: under('invoice/(\\d+)/payment_options'),
    read: ofDocument('invoice', 'invoices'),
  },
  {
    ...paymentOptions,
    pattern: under('invoice_profile/(\\d+)/payment_options'),
    read: ofDocument('invoice_profile', 'invoice_profiles'),
  },
];
