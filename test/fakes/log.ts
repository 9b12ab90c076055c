import type { Count, Log } from '../../src/app/ports.ts';

export type Line = { level: 'info' | 'warn' | 'error'; event: string; facts: Record<string, unknown> };

/** Keeps log lines. */
export function memoryLog(): { log: Log; lines: Line[] } {
  const lines: Line[] = [];
  const at =
    (level: Line['level']) =>
    (event: string, facts: Record<string, unknown> = {}): void => {
      lines.push({ level, event, facts });
    };
  return { log: { info: at('info'), warn: at('warn'), error: at('error') }, lines };
}

/** Keeps counted outcomes. */
export function memoryCount(): { count: Count; totals: Map<string, number> } {
  const totals = new Map<string, number>();
  return { count: (metric, value = 1) => void totals.set(metric, (totals.get(metric) ?? 0) + value), totals };
}
