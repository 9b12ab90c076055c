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
  return Object.entries({ ...after.resources, ...after.datasets }).flatMap(([name, { snapshot }]) => {
    const held = (before.resources[name] ?? before.datasets[name])?.snapshot;
    const back = runOf(snapshot?.manifest) < runOf(held?.manifest);
    return back ? [`S15 ${name} of ${before.id} went back to ${snapshot?.manifest}`] : [];
  });
}

/** The epoch of the run that wrote a manifest. */
function runOf(manifest = ''): number {
  return Number(/manifest\/(\d+)\.json$/.exec(manifest)?.[1] ?? 0);
}
