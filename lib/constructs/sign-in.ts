import { Duration, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** Sign-in of the deployer's own people: invited by an administrator, second factor required. */
export class SignIn extends Construct {
  readonly issuer: string;
  /** Origin of the hosted pages, whose token address the portal calls. */
  readonly pages: string;
  readonly client: UserPoolClient;

  constructor(scope: Construct, id: string, props: { stage: string; portalUrl: string }) {
    super(scope, id);
    const pool = new UserPool(this, 'Administrators', {
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      deletionProtection: true,
    });
    acknowledge(
      pool,
      'COG8',
      'The plus plan costs the deployer per user and month; who wants it turns it on in the console. A second factor is required in any case.',
    );
    const domain = pool.addDomain('HostedPages', {
      cognitoDomain: { domainPrefix: `ledgerlink-${props.stage}-${Stack.of(this).account}` },
    });
    this.issuer = pool.userPoolProviderUrl;
    this.pages = domain.baseUrl();
    this.client = pool.addClient('Portal', {
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [`${props.portalUrl}/signed-in`],
        logoutUrls: [`${props.portalUrl}/`],
      },
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
    });
  }
}
