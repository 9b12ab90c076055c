import { afterAll, beforeAll } from '@jest/globals';
import { describeInBrowser } from './describe-in-browser.ts';
import { type Portal, patience, startPortal } from './open-portal.ts';

/** Tests of one running portal, which is started before the first of them and stopped after the last. */
export function describePortal(name: string, tests: (portal: Omit<Portal, 'stop'>) => void): void {
  describeInBrowser(name, () => {
    let started: Portal | undefined;
    const running = (): Portal => {
      if (started === undefined) throw new Error('the portal did not start');
      return started;
    };
    beforeAll(async () => {
      started = await startPortal();
    }, patience);
    afterAll(() => started?.stop());
    tests({ open: (...words) => running().open(...words), signIns: () => running().signIns() });
  });
}
