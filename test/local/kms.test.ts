import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  IncorrectKeyException,
  InvalidCiphertextException,
  NotFoundException,
} from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningStack } from '../../local/start-stack.ts';
import { clientsOf, startFixture } from './fixture.ts';

let stack: RunningStack;
let kms: ReturnType<typeof clientsOf>['kms'];
let KeyId: string;

beforeAll(async () => {
  stack = await startFixture();
  kms = clientsOf(stack).kms;
  KeyId = stack.outputs['KeyArn'] ?? '';
});
afterAll(() => stack.close());

const EncryptionContext = { stage: 'test', grant: 'g_1' };
const seal = (more = {}) =>
  kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256', EncryptionContext, ...more }));
const open = (CiphertextBlob: Uint8Array | undefined, more = {}) =>
  kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext, ...more }));

describe('a key', () => {
  it('makes a data key and opens it again under the same encryption context, in any order', async () => {
    const { Plaintext, CiphertextBlob } = await seal();

    const opened = await open(CiphertextBlob, { EncryptionContext: { grant: 'g_1', stage: 'test' } });

    expect(Plaintext).toHaveLength(32);
    expect(opened.Plaintext).toEqual(Plaintext);
    expect(opened.KeyId).toBe(KeyId);
  });

  it.each([
    ['another value', { stage: 'live', grant: 'g_1' }],
    ['a name less', { stage: 'test' }],
    ['a name more', { stage: 'test', grant: 'g_1', more: 'x' }],
    ['nothing', {}],
  ])('does not open under %s in the encryption context', async (_title, other) => {
    const { CiphertextBlob } = await seal();

    await expect(open(CiphertextBlob, { EncryptionContext: other })).rejects.toBeInstanceOf(
      InvalidCiphertextException,
    );
  });

  it('does not open what was changed', async () => {
    const { CiphertextBlob } = await seal();
    const changed = Buffer.from(CiphertextBlob ?? []);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;

    await expect(open(changed)).rejects.toBeInstanceOf(InvalidCiphertextException);
  });

  it('encrypts small texts under each of its names', async () => {
    for (const name of [KeyId, KeyId.split('/')[1], 'alias/fixture']) {
      const { CiphertextBlob } = await kms.send(
        new EncryptCommand({ KeyId: name, Plaintext: Buffer.from('text') }),
      );

      const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob, KeyId: name }));

      expect(Buffer.from(Plaintext ?? []).toString()).toBe('text');
    }
  });

  it('encrypts at most 4096 bytes', async () => {
    await expect(
      kms.send(new EncryptCommand({ KeyId, Plaintext: Buffer.alloc(4097) })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('is described', async () => {
    expect((await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata).toMatchObject({
      Arn: KeyId,
      KeyState: 'Enabled',
    });
  });

  it('that is not of the stack does not exist', async () => {
    await expect(seal({ KeyId: 'alias/nobody' })).rejects.toBeInstanceOf(NotFoundException);
  });

  it('is not the one a blob was sealed under', async () => {
    const { CiphertextBlob } = await seal();
    const forged = Buffer.from(CiphertextBlob ?? []);
    forged[10] = (forged[10] ?? 0) ^ 1;

    await expect(open(forged, { KeyId })).rejects.toBeInstanceOf(IncorrectKeyException);
  });
});
