import { randomBytes } from 'node:crypto';
import { AwsError, type Plan, type Service } from '../aws/aws-request.ts';
import { keyContext } from '../aws/gatekeeper.ts';
import { jsonErrors, jsonReply, plainProtocol, readOperation } from '../aws/json-service.ts';
import { isObject, type JsonObject, textAt } from '../template/json.ts';
import type { EncryptionContext, KeyStore } from './key-store.ts';

const protocol = plainProtocol('application/x-amz-json-1.1');
const MAX_PLAINTEXT = 4096;

/** Keys of the stack. */
export interface KeyRing {
  /** Every name a key goes by (id, ARN, alias, alias ARN) → its ARN. */
  readonly arns: ReadonlyMap<string, string>;
  readonly store: KeyStore;
}

function keyArnOf(ring: KeyRing, input: JsonObject): string {
  const name = textAt(input, 'KeyId') ?? '';
  const arn = ring.arns.get(name);
  if (arn !== undefined) return arn;
  throw new AwsError('NotFoundException', `Key '${name}' does not exist`);
}

function contextOf(input: JsonObject): EncryptionContext {
  const given = input['EncryptionContext'];
  if (!isObject(given)) return {};
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]));
}

function bytesAt(input: JsonObject, key: string): Buffer {
  return Buffer.from(textAt(input, key) ?? '', 'base64');
}

function lengthOf(input: JsonObject): number {
  const spec = textAt(input, 'KeySpec');
  if (spec === 'AES_256') return 32;
  if (spec === 'AES_128') return 16;
  const count = input['NumberOfBytes'];
  if (typeof count === 'number' && count >= 1 && count <= 1024) return count;
  throw new AwsError('ValidationException', 'Please specify either number of bytes or key spec.');
}

type Answer = (ring: KeyRing, keyArn: string, input: JsonObject) => unknown;

const generateDataKey: Answer = (ring, keyArn, input) => {
  const plaintext = randomBytes(lengthOf(input));
  const blob = ring.store.encrypt(keyArn, plaintext, contextOf(input));
  return { KeyId: keyArn, Plaintext: plaintext.toString('base64'), CiphertextBlob: blob.toString('base64') };
};

const encrypt: Answer = (ring, keyArn, input) => {
  const plaintext = bytesAt(input, 'Plaintext');
  if (plaintext.length < 1 || plaintext.length > MAX_PLAINTEXT) {
    throw new AwsError('ValidationException', `Plaintext must be 1 to ${MAX_PLAINTEXT} bytes long.`);
  }
  const blob = ring.store.encrypt(keyArn, plaintext, contextOf(input));
  return { KeyId: keyArn, CiphertextBlob: blob.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
};

const decrypt: Answer = (ring, keyArn, input) => {
  const opened = ring.store.decrypt(bytesAt(input, 'CiphertextBlob'), contextOf(input));
  if (!opened)
    throw new AwsError(
      'InvalidCiphertextException',
      'The ciphertext or its encryption context is not valid.',
    );
  return {
    KeyId: keyArn,
    Plaintext: opened.plaintext.toString('base64'),
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
};

const describe: Answer = (_ring, keyArn) => ({
  KeyMetadata: {
    Arn: keyArn,
    KeyId: keyArn.split('/')[1],
    AWSAccountId: keyArn.split(':')[4],
    Enabled: true,
    KeyState: 'Enabled',
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    KeyManager: 'CUSTOMER',
    Origin: 'AWS_KMS',
  },
});

const answers: Readonly<Record<string, Answer>> = {
  GenerateDataKey: generateDataKey,
  GenerateDataKeyWithoutPlaintext: (ring, keyArn, input) => {
    const { KeyId, CiphertextBlob } = parseDataKey(generateDataKey(ring, keyArn, input));
    return { KeyId, CiphertextBlob };
  },
  Encrypt: encrypt,
  Decrypt: decrypt,
  DescribeKey: describe,
};

function parseDataKey(answer: unknown): JsonObject {
  return isObject(answer) ? answer : {};
}

/** A blob knows its key; naming another one is an error of its own (KMS API reference, Decrypt). */
function decryptedKey(ring: KeyRing, input: JsonObject): string {
  const sealedUnder = ring.store.keyOf(bytesAt(input, 'CiphertextBlob'));
  if (sealedUnder === undefined)
    throw new AwsError('InvalidCiphertextException', 'The ciphertext is not valid.');
  if (input['KeyId'] !== undefined && keyArnOf(ring, input) !== sealedUnder) {
    throw new AwsError(
      'IncorrectKeyException',
      'The key ID in the request does not identify the key that was used.',
    );
  }
  return sealedUnder;
}

/** KMS for the keys of the stack: envelope keys, small secrets, encryption contexts. */
export function makeKms(ring: KeyRing): Service {
  return {
    ...jsonErrors(protocol),
    plan: (request): Plan => {
      const { operation, input } = readOperation(request);
      const answer = answers[operation];
      if (!answer)
        throw new AwsError('UnknownOperationException', `${operation} is not served on one machine`);
      const keyArn = operation === 'Decrypt' ? decryptedKey(ring, input) : keyArnOf(ring, input);
      const context = keyContext(contextOf(input));
      return {
        operation,
        needs: [{ action: `kms:${operation}`, resource: keyArn, context }],
        perform: () => jsonReply(protocol, answer(ring, keyArn, input), request.id),
      };
    },
  };
}
