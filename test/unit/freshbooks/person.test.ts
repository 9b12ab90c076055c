import { describe, expect, it } from '@jest/globals';
import { makeAskPerson, seesAll } from '../../../src/freshbooks/read/person.ts';
import { business, clientOn, fakeList } from './fake-freshbooks.ts';
import { farOff } from './read-fake.ts';

/** Who reads this business, by one worker's reader. */
function asking() {
  const list = fakeList();
  let asked = 0;
  const { client } = clientOn(async (request) => {
    asked += 1;
    return list.transport(request);
  });
  const person = makeAskPerson(client);
  const inRun = (runId: string) =>
    person.inThisRun({
      resource: 'taxes',
      business,
      runId,
      token: async () => 'good',
      refused: async () => 'good',
      heldIds: async () => new Set(),
      onRows: async () => undefined,
      deadline: farOff,
    });
  return { list, inRun, asked: () => asked };
}

describe('who reads', () => {
  it('is asked once a run, whatever is read in it', async () => {
    const { inRun, asked } = asking();

    expect(await Promise.all([inRun('run-1'), inRun('run-1')])).toEqual([seesAll, seesAll]);
    expect(asked()).toBe(1);
  });

  it('is asked again by the next run, of the same business by the same worker', async () => {
    const { list, inRun } = asking();
    list.role = 'business_employee';
    const before = await inRun('run-1');
    list.role = 'owner';

    expect(before).not.toBe(seesAll);
    expect(await inRun('run-2')).toBe(seesAll);
  });
});
