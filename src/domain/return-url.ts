import { Problem } from './problem.ts';

/** Names that are filled with what happened; any other name is filled from the query string of the customer's link. */
export const returnPlaceholders = [
  'clientId',
  'connectionId',
  'companyId',
  'integrationId',
  'sourceId',
  'platform',
  'platformName',
  'sourceType',
  'statusCode',
  'errorMessage',
  'statusText',
  'data.company.companyName',
] as const;
export type ReturnPlaceholder = (typeof returnPlaceholders)[number];

const placeholder = /\{([^{}]*)\}/g;
const placeholderName = /^[A-Za-z0-9._-]+$/;
const loopback: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);
const maxLength = 2000;

/**
 * Checks a return address with its placeholders in braces. Throws Problem `invalid` with what to change: it has to be
 * https (or http on this very machine). A placeholder may only decide where the browser goes when `allowedOrigins` says
 * where that may be.
 */
export function checkReturnUrl(template: string, allowedOrigins: readonly string[] = []): void {
  if (template.length > maxLength) throw invalid(`It is longer than ${maxLength} characters.`);
  for (const [, name = ''] of template.matchAll(placeholder)) {
    if (!placeholderName.test(name))
      throw invalid(`"{${name}}" is not a placeholder: use letters, digits, dots.`);
  }
  if (/[{}]/.test(template.replaceAll(placeholder, ''))) {
    throw invalid('A brace is left alone. Write a placeholder as {companyId}.');
  }
  const url = URL.parse(template.replaceAll(placeholder, 'x'));
  if (url === null || !/^[a-z]+:\/\/\S+$/i.test(template))
    throw invalid('It is not a whole address, such as https://app.example/linked.');
  const local = url.protocol === 'http:' && loopback.has(url.hostname);
  if (url.protocol !== 'https:' && !local) throw invalid('It has to begin with https://.');
  if (url.username !== '' || url.password !== '')
    throw invalid('It must not hold a user name or a password.');
  if (/^[^/]*\/\/[^/?#]*\\/.test(template)) throw invalid('A backslash cannot stand in the host.');
  if (hasDynamicHost(template) && allowedOrigins.length === 0) {
    throw invalid(
      'A placeholder in the host needs a list of allowed origins. Use placeholders in the path or the query.',
    );
  }
}

/** The address with every placeholder filled, percent-encoded; unknown ones become empty. */
export function fillReturnUrl(
  template: string,
  values: Readonly<Record<string, string | undefined>>,
): string {
  return template.replaceAll(placeholder, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? (values[name] ?? '') : '';
    // A lone "." or ".." would climb in the path, encoded or not.
    return /^\.{1,2}$/.test(value) ? '' : encodeURIComponent(value);
  });
}

/** Where a filled address leads, or nowhere: a host that was filled in has to be one of the allowed origins. */
export function allowedReturnUrl(
  template: string,
  filled: string,
  allowedOrigins: readonly string[],
): string | undefined {
  if (!hasDynamicHost(template)) return filled;
  const origin = URL.parse(filled)?.origin;
  return origin !== undefined && allowedOrigins.includes(origin) ? filled : undefined;
}

/** The origin of an address that browsers may be sent to. Throws Problem `invalid` for anything else. */
export function allowedOrigin(address: string): string {
  const url = URL.parse(address);
  const local = url?.protocol === 'http:' && loopback.has(url.hostname);
  if (url && (url.protocol === 'https:' || local) && !address.includes('{')) return url.origin;
  throw new Problem('invalid', `"${address.slice(0, 200)}" is not an address that begins with https://.`);
}

function hasDynamicHost(template: string): boolean {
  return /^[^/]*\/\/[^/?#]*[{}]/.test(template);
}

function invalid(why: string): Problem {
  return new Problem('invalid', `The return address cannot be used. ${why}`);
}
