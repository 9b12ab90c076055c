import { expect, it } from '@jest/globals';
import { dataTypes } from '../../../src/domain/data-types.ts';
import { plusSeconds } from '../../../src/domain/instant.ts';
import { dueTypes, everyHour, frequencyHours } from '../../../src/domain/schedule.ts';
import { aConnection, aLinkedConnection, start } from '../../fakes/builders.ts';

const ran = (seconds: number) =>
  aLinkedConnection({
    datasets: { invoices: { status: 'Complete', lastRun: plusSeconds(start, -seconds) } },
  });
const only = (hours: number) => (type: string) => (type === 'invoices' ? hours : 0);

it('has everything due that never ran', () => {
  expect(dueTypes(aLinkedConnection(), everyHour, start)).toEqual([...dataTypes]);
});

it.each([
  { frequency: 'hourly', ago: 3600, due: true },
  { frequency: 'hourly', ago: 3590, due: true },
  { frequency: 'hourly', ago: 3000, due: false },
  { frequency: 'daily', ago: 86_400, due: true },
  { frequency: 'daily', ago: 3600, due: false },
  { frequency: 'weekly', ago: 604_800, due: true },
  { frequency: 'monthly', ago: 604_800, due: false },
  { frequency: 'none', ago: 9_999_999, due: false },
] as const)('$frequency, $ago seconds after the last run: due $due', ({ frequency, ago, due }) => {
  expect(dueTypes(ran(ago), only(frequencyHours[frequency]), start)).toEqual(due ? ['invoices'] : []);
});

it('has nothing due while the connection is not linked', () => {
  expect(dueTypes(aConnection(), everyHour, start)).toEqual([]);
  expect(dueTypes(aLinkedConnection({ erasing: start }), everyHour, start)).toEqual([]);
});
