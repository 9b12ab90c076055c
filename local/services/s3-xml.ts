import { continuation, type ObjectHead, type ObjectStore } from './object-store.ts';

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\r\n]/g, (char) => `&#${char.charCodeAt(0)};`);
}

const unescapeXml = (text: string) =>
  text
    .replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

const HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n';
const element = (name: string, value: string | number | boolean) =>
  `<${name}>${escapeXml(String(value))}</${name}>`;

export function errorXml(code: string, message: string, requestId: string): string {
  return `${HEADER}<Error>${element('Code', code)}${element('Message', message)}${element('RequestId', requestId)}</Error>`;
}

/** The keys of a DeleteObjects body. */
export function keysToDelete(xml: string): { keys: string[]; quiet: boolean } {
  const keys = [...xml.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => unescapeXml(key));
  return { keys, quiet: /<Quiet>true<\/Quiet>/.test(xml) };
}

export function deleteResult(deleted: readonly string[], refused: readonly string[], quiet: boolean): string {
  const done = quiet ? '' : deleted.map((key) => `<Deleted>${element('Key', key)}</Deleted>`).join('');
  const errors = refused
    .map(
      (key) =>
        `<Error>${element('Key', key)}${element('Code', 'AccessDenied')}${element('Message', 'Access Denied')}</Error>`,
    )
    .join('');
  return `${HEADER}<DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${done}${errors}</DeleteResult>`;
}

export interface Listing {
  readonly bucket: string;
  readonly prefix: string;
  readonly delimiter: string;
  readonly maxKeys: number;
  readonly after: string;
  readonly encode: boolean;
  readonly token: string | undefined;
}

interface Page {
  readonly contents: readonly ObjectHead[];
  readonly prefixes: readonly string[];
  readonly next: string | undefined;
}

// Sorts after every key that begins with a common prefix: the greatest code point follows it.
const PAST = '\u{10FFFF}';

function takePage(store: ObjectStore, listing: Listing): Page {
  const contents: ObjectHead[] = [];
  const prefixes: string[] = [];
  let after = listing.after;
  for (;;) {
    const [object] = store.list(listing.bucket, listing.prefix, after, 1);
    if (!object) return { contents, prefixes, next: undefined };
    if (contents.length + prefixes.length >= listing.maxKeys) return { contents, prefixes, next: after };
    const cut = object.key.indexOf(listing.delimiter, listing.prefix.length);
    if (cut < 0) contents.push(object);
    else prefixes.push(object.key.slice(0, cut + listing.delimiter.length));
    after = cut < 0 ? object.key : `${object.key.slice(0, cut + listing.delimiter.length)}${PAST}`;
  }
}

function flatPage(store: ObjectStore, listing: Listing): Page {
  const found = store.list(listing.bucket, listing.prefix, listing.after, listing.maxKeys + 1);
  const contents = found.slice(0, listing.maxKeys);
  return { contents, prefixes: [], next: found.length > listing.maxKeys ? contents.at(-1)?.key : undefined };
}

/** A page of ListObjectsV2. */
export function listingXml(store: ObjectStore, listing: Listing): string {
  const page = listing.delimiter === '' ? flatPage(store, listing) : takePage(store, listing);
  const name = (text: string) => (listing.encode ? encodeURIComponent(text).replaceAll('%2F', '/') : text);
  const contents = page.contents.map(
    ({ key, etag, size, modified }) =>
      `<Contents>${element('Key', name(key))}${element('LastModified', new Date(modified).toISOString())}${element('ETag', etag)}${element('Size', size)}${element('StorageClass', 'STANDARD')}</Contents>`,
  );
  const prefixes = page.prefixes.map(
    (prefix) => `<CommonPrefixes>${element('Prefix', name(prefix))}</CommonPrefixes>`,
  );
  return [
    `${HEADER}<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">`,
    element('Name', listing.bucket),
    element('Prefix', name(listing.prefix)),
    listing.delimiter === '' ? '' : element('Delimiter', listing.delimiter),
    element('MaxKeys', listing.maxKeys),
    element('KeyCount', page.contents.length + page.prefixes.length),
    element('IsTruncated', page.next !== undefined),
    listing.encode ? element('EncodingType', 'url') : '',
    listing.token === undefined ? '' : element('ContinuationToken', listing.token),
    page.next === undefined ? '' : element('NextContinuationToken', continuation.write(page.next)),
    ...contents,
    ...prefixes,
    '</ListBucketResult>',
  ].join('');
}
