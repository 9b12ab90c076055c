import * as z from 'zod';
import { authorization, type Company } from './api-totals.ts';
import type { ReadyFile } from './running-stack.ts';

/** What FreshBooks has and no data type is made of. */
const resources = [
  'estimates',
  'expense_summaries',
  'invoice_profiles',
  'projects',
  'retainers',
  'team_members',
  'team_member_rates',
  'staff',
  'business',
  'gateways',
  'payment_options',
  'trial_balance',
  'taxsummary',
  'accounts_aging',
  'payments_collected',
];

const Proof = z.object({
  complete: z.boolean(),
  rows: z.object({ count: z.number() }),
  certificate: z.object({ at: z.string() }).optional(),
  trouble: z.object({ message: z.string() }).optional(),
});

/** The proof of each of them. */
export async function resourceProofs(ready: ReadyFile, company: Company) {
  const connection = `${ready.apiUrl}/companies/${company.id}/connections/${company.connectionId}`;
  return Promise.all(
    resources.map(async (resource) => {
      const reply = await fetch(`${connection}/freshbooks/${resource}/proof`, {
        headers: authorization(ready),
      });
      if (!reply.ok) throw new Error(`${resource}: ${reply.status} ${await reply.text()}`);
      const { certificate, ...proof } = Proof.parse(await reply.json());
      return { resource, ...proof, at: certificate?.at ?? '' };
    }),
  );
}
