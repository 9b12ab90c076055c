/** What a message's placeholders are filled with. */
export type TextValues = Readonly<Record<string, string | number>>;

/** Fills `{name}` in a message; a name without a value stays as it is, so that a mistake is seen. */
export function formatText(template: string, values: TextValues = {}): string {
  return template.replaceAll(/\{(\w+)\}/g, (all, name: string) => String(values[name] ?? all));
}
