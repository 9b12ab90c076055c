import { isRow, parseJson, textOf } from '../json.ts';
import type { Asked } from './request.ts';

/** The fields of a token or revoke call, whichever of the three bodies it came in (§1.4). */
export type Form = Readonly<Record<string, string>>;

const fromJson = (text: string): Form => {
  const body = parseJson(text || '{}');
  if (!isRow(body)) return {};
  return Object.fromEntries(
    Object.keys(body).flatMap((field) => (textOf(body, field) ? [[field, textOf(body, field)]] : [])),
  );
};

const fromMultipart = async (asked: Asked): Promise<Form> => {
  const headers = { 'content-type': asked.headers['content-type'] ?? '' };
  const form = await new Response(new Uint8Array(asked.body), { headers }).formData();
  return Object.fromEntries([...form].map(([field, value]) => [field, String(value)]));
};

/** Reads form-urlencoded, JSON or multipart; a body that cannot be read is an empty form. */
export const readForm = async (asked: Asked): Promise<Form> => {
  const type = asked.headers['content-type'] ?? '';
  try {
    if (type.startsWith('multipart/form-data')) return await fromMultipart(asked);
    if (type.startsWith('application/json')) return fromJson(asked.body.toString('utf8'));
  } catch {
    return {};
  }
  return Object.fromEntries(new URLSearchParams(asked.body.toString('utf8')));
};

const formDecoded = (text: string): string => new URLSearchParams(`_=${text}`).get('_') ?? '';

/** Basic credentials, each part form-decoded (RFC 6749 §2.3.1). */
export const basicOf = ({ headers }: Asked): { clientId: string; clientSecret: string } | undefined => {
  const coded = /^basic\s+(\S+)$/i.exec(headers['authorization'] ?? '')?.[1];
  if (!coded) return undefined;
  const [clientId = '', clientSecret = ''] = Buffer.from(coded, 'base64').toString('utf8').split(':');
  return { clientId: formDecoded(clientId), clientSecret: formDecoded(clientSecret) };
};
