import type { UnifiedRecord } from '../../app/ports.ts';
import { compareIds } from '../ids.ts';

/** Records in id order, of a stream that is in that order already and of few others that need not be. */
export async function* inIdOrder(
  stream: AsyncIterable<UnifiedRecord>,
  others: Iterable<UnifiedRecord>,
): AsyncGenerator<UnifiedRecord> {
  const waiting = [...others].sort((a, b) => compareIds(b.id, a.id));
  for await (const record of stream) {
    for (let next = waiting.at(-1); next && compareIds(next.id, record.id) < 0; next = waiting.at(-1)) {
      waiting.pop();
      yield next;
    }
    yield record;
  }
  yield* waiting.reverse();
}

export async function collected(stream: AsyncIterable<UnifiedRecord>): Promise<UnifiedRecord[]> {
  const records: UnifiedRecord[] = [];
  for await (const record of stream) records.push(record);
  return records;
}
