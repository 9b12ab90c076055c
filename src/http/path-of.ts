/**
 * A path with its parameters filled in, encoded:
 *
 *     pathOf`/companies/${companyId}/data/invoices`
 */
export function pathOf(texts: TemplateStringsArray, ...ids: readonly string[]): string {
  return texts.reduce((path, text, index) => path + encodeURIComponent(ids[index - 1] ?? '') + text);
}
