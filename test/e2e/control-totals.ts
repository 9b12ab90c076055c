import * as z from 'zod';
import { authorization, type Company } from './api-totals.ts';
import type { ReadyFile } from './running-stack.ts';

const Proof = z.object({
  controls: z.array(z.looseObject({ report: z.string(), verdict: z.string(), why: z.string().optional() })),
});

/** What the proof of a data type says of FreshBooks' own reports. */
export async function controlTotals(ready: ReadyFile, company: Company, dataType: string) {
  const url = `${ready.apiUrl}/companies/${company.id}/dataStatus/${dataType}/proof`;
  const reply = await fetch(url, { headers: authorization(ready) });
  return Proof.parse(await reply.json()).controls;
}
