import { describe, expect, it } from '@jest/globals';
import { decodeChunked } from '../../local/aws/decode-chunked.ts';
import { verifySignature } from '../../local/aws/verify-signature.ts';

// The "get-vanilla" case of AWS's own Signature Version 4 test suite, with a session token of ours unsigned.
const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
  sessionToken: 'token',
};
const signed = (more: Record<string, string> = {}) => ({
  method: 'GET',
  path: '/',
  query: new URLSearchParams(),
  body: Buffer.alloc(0),
  headers: {
    host: 'example.amazonaws.com',
    'x-amz-date': '20150830T123600Z',
    'x-amz-security-token': 'token',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ...more,
  },
});
const NOW = Date.parse('2015-08-30T12:36:00Z');

describe('a signature', () => {
  it('that AWS calls right is right', () => {
    expect(() => verifySignature(signed(), credentials, [NOW])).not.toThrow();
  });

  it.each([
    ['another host', signed({ host: 'other.amazonaws.com' })],
    ['another method', { ...signed(), method: 'PUT' }],
    ['another path', { ...signed(), path: '/other' }],
    ['another query', { ...signed(), query: new URLSearchParams('a=b') }],
    ['another body', { ...signed(), body: Buffer.from('x') }],
  ])('does not hold for %s', (_title, request) => {
    expect(() => verifySignature(request, credentials, [NOW])).toThrow(/does not match/);
  });

  it('is too old after five minutes, unless the clock was moved just now', () => {
    const later = NOW + 5 * 60_000 + 1;

    expect(() => verifySignature(signed(), credentials, [later])).toThrow(/too far from now/);
    expect(() => verifySignature(signed(), credentials, [later, NOW])).not.toThrow();
  });
});

describe('an aws-chunked body', () => {
  it('is put together from its chunks, without signatures and trailers', () => {
    const body = '4;chunk-signature=aa\r\nwxyz\r\n2\r\n\r\n\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n';

    expect(decodeChunked(Buffer.from(body)).toString()).toBe('wxyz\r\n');
  });
});
