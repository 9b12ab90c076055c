import * as z from 'zod';

/** A line of a financial statement; its `value` is whole, the `items` below it are what is known of its parts. */
export type ReportLine = {
  accountId: string | null;
  name: string;
  value: number;
  items: ReportLine[];
};

/** `accountId` is that of `chartOfAccounts`; null for a line that is no account. */
export const ReportLine: z.ZodType<ReportLine> = z.strictObject({
  accountId: z.string().nullable(),
  name: z.string(),
  value: z.number(),
  get items(): z.ZodType<ReportLine[]> {
    return z.array(ReportLine);
  },
});
