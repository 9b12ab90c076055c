import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const Kept = z.object({
  user: z.object({ email: z.string(), password: z.string(), sub: z.string() }),
  cookieKeys: z.array(z.string()),
  key: z.looseObject({ kty: z.string(), kid: z.string(), alg: z.string() }),
});

/** What sign-in must remember between starts: the demo administrator, the signing key, the cookie keys. */
export type SignInKeys = z.infer<typeof Kept>;

function make(): SignInKeys {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const password = `${randomBytes(9).toString('base64url')}-7Aa`;
  return {
    user: { email: 'admin@ledgerlink.test', password, sub: randomUUID() },
    cookieKeys: [randomBytes(32).toString('base64url')],
    key: {
      ...z.looseObject({ kty: z.string() }).parse(privateKey.export({ format: 'jwk' })),
      kid: randomUUID(),
      alg: 'RS256',
      use: 'sig',
    },
  };
}

/** Reads the file, or makes it once. */
export function openSignInKeys(file: string): SignInKeys {
  try {
    return Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    const keys = make();
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return keys;
  }
}
