import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import type { Sealer } from '../../app/ports.ts';
import { Problem } from '../../domain/problem.ts';

const algorithm = 'aes-256-gcm';

/**
 * Envelope encryption: a fresh data key of KMS for each text, AES-256-GCM under it. The encryption context names the
 * stage, the purpose and the item, and is authenticated twice (by KMS and as additional data), so a sealed text
 * copied to another item or another stage does not open.
 */
export function makeKmsSealer(keyId: string, stage: string, client = new KMSClient({})): Sealer {
  const contextOf = (context: { purpose: string; id: string }) => ({ stage, ...context });
  return {
    seal: async (text, context) => {
      const EncryptionContext = contextOf(context);
      const { Plaintext, CiphertextBlob } = await client.send(
        new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext }),
      );
      if (Plaintext === undefined || CiphertextBlob === undefined) {
        throw new Problem('broken', 'KMS gave no data key');
      }
      const iv = randomBytes(12);
      const cipher = createCipheriv(algorithm, Plaintext, iv);
      cipher.setAAD(additionalData(EncryptionContext));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return {
        key: base64(CiphertextBlob),
        iv: base64(iv),
        tag: base64(cipher.getAuthTag()),
        text: base64(sealed),
      };
    },
    open: async (sealed, context) => {
      const EncryptionContext = contextOf(context);
      const { Plaintext } = await client.send(
        new DecryptCommand({
          KeyId: keyId,
          CiphertextBlob: Buffer.from(sealed.key, 'base64'),
          EncryptionContext,
        }),
      );
      if (Plaintext === undefined) throw new Problem('broken', 'KMS gave no data key');
      const decipher = createDecipheriv(algorithm, Plaintext, Buffer.from(sealed.iv, 'base64'));
      decipher.setAAD(additionalData(EncryptionContext));
      decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
      return Buffer.concat([decipher.update(Buffer.from(sealed.text, 'base64')), decipher.final()]).toString(
        'utf8',
      );
    },
  };
}

function additionalData(context: Record<string, string>): Buffer {
  return Buffer.from(JSON.stringify(Object.entries(context).sort()));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
