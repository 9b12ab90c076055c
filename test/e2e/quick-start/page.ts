import { readFile } from 'node:fs/promises';

/** What a page has the reader do: commands with what they print, or something that a person does. */
export type Step =
  | { kind: 'commands'; text: string; prints?: string }
  | { kind: 'person'; does: string }
  /** Commands that cannot be run here, and why. */
  | { kind: 'not-run'; why: string; text: string };

/**
 * The steps of a page in their order: its `sh` blocks, the `text` block after each, remarks about people (`the …`), and
 * before a block that is not run why (`not run here: …`).
 */
export async function stepsOf(file: string): Promise<Step[]> {
  const page = await readFile(file, 'utf8');
  const steps: Step[] = [];
  for (const [, language, block, remark] of page.matchAll(/^```(\w+)\n(.*?)^```$|^<!-- (.*?) -->$/gms)) {
    const last = steps.at(-1);
    const why = /^not run here: (.*)/.exec(remark ?? '')?.[1];
    if (why !== undefined) steps.push({ kind: 'not-run', why, text: '' });
    else if (remark?.startsWith('the ')) steps.push({ kind: 'person', does: remark });
    else if (language === 'sh' && last?.kind === 'not-run' && last.text === '') last.text = block ?? '';
    else if (language === 'sh') steps.push({ kind: 'commands', text: block ?? '' });
    else if (language === 'text' && last?.kind === 'commands') last.prints = (block ?? '').trim();
    else throw new Error(`${file}: a block of "${language}" that nothing checks`);
  }
  return steps;
}

/** What is printed as a pattern: `…` stands for anything on a line. */
export function patternOf(prints: string): RegExp {
  const parts = prints.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
