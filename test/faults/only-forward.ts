import type { Connections } from '../../src/app/ports.ts';
import type { Connection } from '../../src/domain/connection.ts';

/** Connections of which every write is looked at: `wentBack` hears of each snapshot that gives way to an older one. */
export function onlyForward(connections: Connections, wentBack: string[]): Connections {
  return {
    ...connections,
    change: (ref, decide) =>
      connections.change(ref, (current) => {
        const decision = decide(current);
        if (decision.next !== undefined) wentBack.push(...steppedBack(current, decision.next));
        return decision;
      }),
  };
}

function steppedBack(before: Connection, after: Connection): string[] {
  // A resource and a data type may have one name.
  return [
    ...olderThan(before.resources, after.resources).map((what) => `S15 the rows of ${what}`),
    ...olderThan(before.datasets, after.datasets).map((what) => `S15 ${what}`),
  ].map((what) => `${what} of ${before.id}`);
}

type Held = Readonly<Record<string, { snapshot?: { manifest: string } | undefined }>>;

function olderThan(before: Held, after: Held): string[] {
  return Object.entries(after).flatMap(([name, { snapshot }]) => {
    const back = runOf(snapshot?.manifest) < runOf(before[name]?.snapshot?.manifest);
    return back ? [`${name} went back to ${snapshot?.manifest}`] : [];
  });
}

/** The epoch of the run that wrote a manifest. */
function runOf(manifest = ''): number {
  return Number(/manifest\/(\d+)\.json$/.exec(manifest)?.[1] ?? 0);
}
