import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeVerifySignIn } from '../../../src/adapters/sign-in.ts';
import { type Issuers, twoIssuers } from '../http/issuers.ts';

describe('somebody who is signed in', () => {
  let issuers: Issuers;
  beforeAll(async () => {
    issuers = await twoIssuers();
  });
  afterAll(() => issuers.close());

  it('is known by an id, and by the address that the issuer tells', async () => {
    const signedIn = await makeVerifySignIn(issuers.issuer, issuers.clientId)(issuers.token);

    expect(signedIn?.user).toBe('user-1');
    expect(await signedIn?.signInName()).toBe('ada@example.com');
  });

  it('goes by the id where the issuer does not tell', async () => {
    const { token, anotherToken } = issuers;
    const verify = makeVerifySignIn(issuers.issuer, issuers.clientId);

    expect(await (await verify(anotherToken))?.signInName()).toBe('user-1');
    expect(anotherToken).not.toBe(token);
  });

  it('is nobody with a token of another issuer, another key or another client', async () => {
    const verify = makeVerifySignIn(issuers.issuer, issuers.clientId);

    expect(await verify(issuers.foreignToken)).toBeUndefined();
    expect(await verify(issuers.forgedToken)).toBeUndefined();
    expect(await makeVerifySignIn(issuers.issuer, 'another')(issuers.token)).toBeUndefined();
  });
});
