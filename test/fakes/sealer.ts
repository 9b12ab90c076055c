import type { SealAhead, Sealer } from '../../src/app/ports.ts';
import { turn } from './memory-table.ts';

const encode = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');
const decode = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');

/** Not a seal at all, but bound to its context as one: opening it in another throws. */
export function memorySealer(): Sealer {
  return {
    seal: async (text, context) => {
      await turn();
      return { key: encode(`${context.purpose}/${context.id}`), iv: 'iv', tag: 'tag', text: encode(text) };
    },
    open: async (sealed, context) => {
      await turn();
      if (decode(sealed.key) !== `${context.purpose}/${context.id}`) {
        throw new Error('the text was sealed in another context');
      }
      return decode(sealed.text);
    },
  };
}

/** The same seal with its data key got beforehand. */
export function memorySealAhead(): SealAhead {
  return async (context) => {
    await turn();
    return (text) => ({
      key: encode(`${context.purpose}/${context.id}`),
      iv: 'iv',
      tag: 'tag',
      text: encode(text),
    });
  };
}
