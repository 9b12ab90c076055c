/**
 * Names the present mapping of raw rows to unified records. Raise it with every change of a mapper: the next run of
 * each connection then projects its raw snapshots anew, without a call to FreshBooks.
 */
export const mapping = '3';
