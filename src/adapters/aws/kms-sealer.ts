import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { SealAhead, Sealer } from '../../app/ports.ts';
import type { Sealed } from '../../domain/grant.ts';
import { Problem } from '../../domain/problem.ts';
import { tellWhenDown } from './tell-when-down.ts';

const algorithm = 'aes-256-gcm';

/**
 * Envelope encryption: a fresh data key of KMS for each text, AES-256-GCM under it. The encryption context names the
 * stage, the table, the purpose and the item, and is authenticated twice (by KMS and as additional data), so a sealed
 * text copied to another item, table or stage does not open.
 */
export function makeKmsSealer(
  keyId: string,
  { stage, table }: { stage: string; table: string },
  client = new KMSClient({}),
): { sealer: Sealer; sealAhead: SealAhead } {
  tellWhenDown(client);
  const sealAhead: SealAhead = async (context) => {
    const EncryptionContext = { stage, table, ...context };
    const { Plaintext, CiphertextBlob } = await client.send(
      new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext }),
    );
    if (Plaintext === undefined || CiphertextBlob === undefined)
      throw new Problem('broken', 'KMS gave no data key');
    return (text) => ({
      key: base64(CiphertextBlob),
      ...encrypt(Plaintext, text, additionalData(EncryptionContext)),
    });
  };
  const sealer: Sealer = {
    seal: async (text, context) => (await sealAhead(context))(text),
    open: async (sealed, context) => {
      const EncryptionContext = { stage, table, ...context };
      const { Plaintext } = await client.send(
        new DecryptCommand({
          KeyId: keyId,
          CiphertextBlob: Buffer.from(sealed.key, 'base64'),
          EncryptionContext,
        }),
      );
      if (Plaintext === undefined) throw new Problem('broken', 'KMS gave no data key');
      return decrypt(Plaintext, sealed, additionalData(EncryptionContext));
    },
  };
  return { sealer, sealAhead };
}

function encrypt(key: Uint8Array, text: string, data: Buffer): Omit<Sealed, 'key'> {
  const iv = randomBytes(12);
  const cipher = createCipheriv(algorithm, key, iv);
  cipher.setAAD(data);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return { iv: base64(iv), tag: base64(cipher.getAuthTag()), text: base64(sealed) };
}

function decrypt(key: Uint8Array, sealed: Sealed, data: Buffer): string {
  const decipher = createDecipheriv(algorithm, key, Buffer.from(sealed.iv, 'base64'));
  decipher.setAAD(data);
  decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(sealed.text, 'base64')), decipher.final()]).toString(
    'utf8',
  );
}

function additionalData(context: Record<string, string>): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).sort()));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
