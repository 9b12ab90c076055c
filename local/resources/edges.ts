import { z } from 'zod';
import { arn, count, digestOf, flag, generatedName, idle, type ResourceType, tags } from './resource-type.ts';

const HttpApi = z.strictObject({
  Name: z.string(),
  ProtocolType: z.literal('HTTP'),
  Description: idle('words for people'),
  CorsConfiguration: z
    .strictObject({
      AllowOrigins: z.array(z.string()).optional(),
      AllowMethods: z.array(z.string()).optional(),
      AllowHeaders: z.array(z.string()).optional(),
      ExposeHeaders: z.array(z.string()).optional(),
      AllowCredentials: flag.optional(),
      MaxAge: count.optional(),
    })
    .optional(),
  DisableExecuteApiEndpoint: idle('there is one endpoint'),
  IpAddressType: idle('there is one endpoint'),
  Tags: tags,
});

const RouteSettings = z.strictObject({
  ThrottlingBurstLimit: count.optional(),
  ThrottlingRateLimit: count.optional(),
  DetailedMetricsEnabled: idle('there is no CloudWatch'),
});

const Stage = z.strictObject({
  ApiId: z.string(),
  StageName: z.literal('$default', 'only the $default stage has no prefix in its paths'),
  Description: idle('words for people'),
  AutoDeploy: z.literal(true),
  AccessLogSettings: z.strictObject({ DestinationArn: z.string(), Format: z.string() }).optional(),
  DefaultRouteSettings: RouteSettings.optional(),
  RouteSettings: z.record(z.string(), RouteSettings).optional(),
  Tags: tags,
});

const Route = z.strictObject({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().startsWith('integrations/'),
  AuthorizationType: z.literal('NONE').optional(),
});

const Integration = z.strictObject({
  ApiId: z.string(),
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  IntegrationMethod: idle('a function is always called by POST'),
  TimeoutInMillis: count.min(50).max(30_000).default(30_000),
});

const Rule = z.strictObject({
  Name: z.string().optional(),
  Description: idle('words for people'),
  ScheduleExpression: z.string(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z.array(
    z.strictObject({
      Arn: z.string(),
      Id: z.string(),
      Input: z.string().optional(),
      RetryPolicy: z
        .strictObject({
          MaximumRetryAttempts: count.optional(),
          MaximumEventAgeInSeconds: count.optional(),
        })
        .optional()
        .describe('no effect on one machine: delivery to a function never fails for a while'),
    }),
  ),
});

const UserPoolClient = z.strictObject({
  UserPoolId: z.string(),
  ClientName: z.string().optional(),
  GenerateSecret: z.literal(false).optional(),
  AllowedOAuthFlows: z.array(z.literal('code')).optional(),
  AllowedOAuthFlowsUserPoolClient: z.literal(true).optional(),
  AllowedOAuthScopes: z.array(z.string()).default([]),
  CallbackURLs: z.array(z.string()).default([]),
  LogoutURLs: z.array(z.string()).default([]),
  DefaultRedirectURI: z.string().optional(),
  SupportedIdentityProviders: z.array(z.literal('COGNITO')).optional(),
  ExplicitAuthFlows: idle('people sign in on the hosted page only'),
  PreventUserExistenceErrors: idle('one sentence answers every wrong pair'),
  EnableTokenRevocation: idle('sessions end with their tokens'),
  AccessTokenValidity: count.optional(),
  IdTokenValidity: count.optional(),
  RefreshTokenValidity: count.optional(),
  TokenValidityUnits: z.record(z.string(), z.string()).optional(),
  ReadAttributes: idle('the profile is not read'),
  WriteAttributes: idle('the profile is not written'),
  RefreshTokenRotation: idle('there are no refresh tokens'),
});

/** People, password rules and second factors belong to the real pool; here one administrator signs in. */
const UserPool = z.looseObject({});
const UserPoolDomain = z.strictObject({
  Domain: z.string(),
  UserPoolId: z.string(),
  ManagedLoginVersion: idle('the page is ours'),
});

const watched = z.looseObject({});
const plain = { defaultName: generatedName, identify: (name: string) => ({ ref: name, attributes: {} }) };
const shortId = (logicalId: string, place: { stackName: string }) =>
  digestOf(place.stackName, logicalId).slice(0, 10);

export const edgeTypes = {
  'AWS::ApiGatewayV2::Api': {
    defaultName: shortId,
    identify: (name, place) => ({ ref: name, attributes: { ApiId: name, ApiEndpoint: place.originUrl } }),
    properties: HttpApi,
  },
  'AWS::ApiGatewayV2::Stage': {
    nameProperty: 'StageName',
    defaultName: shortId,
    identify: (name) => ({ ref: name, attributes: {} }),
    properties: Stage,
  },
  'AWS::ApiGatewayV2::Route': {
    defaultName: shortId,
    identify: (name) => ({ ref: name, attributes: { RouteId: name } }),
    properties: Route,
  },
  'AWS::ApiGatewayV2::Integration': {
    defaultName: shortId,
    identify: (name) => ({ ref: name, attributes: { IntegrationId: name } }),
    properties: Integration,
  },
  'AWS::Events::Rule': {
    nameProperty: 'Name',
    defaultName: generatedName,
    identify: (name, place) => ({ ref: name, attributes: { Arn: arn('events', place, `rule/${name}`) } }),
    properties: Rule,
  },
  'AWS::CloudWatch::Alarm': {
    ...plain,
    identify: (name, place) => ({
      ref: name,
      attributes: { Arn: arn('cloudwatch', place, `alarm:${name}`) },
    }),
    properties: watched.describe('no effect on one machine: there is no CloudWatch'),
  },
  'AWS::CloudWatch::Dashboard': {
    ...plain,
    properties: watched.describe('no effect on one machine: there is no CloudWatch'),
  },
  'AWS::Cognito::UserPool': {
    defaultName: (logicalId, place) => `${place.region}_${shortId(logicalId, place).slice(0, 9)}`,
    identify: (name, place) => ({
      ref: name,
      attributes: {
        Arn: arn('cognito-idp', place, `userpool/${name}`),
        UserPoolId: name,
        ProviderName: place.signInUrl.replace(/^https?:\/\//, ''),
        ProviderURL: place.signInUrl,
      },
    }),
    properties: UserPool,
  },
  'AWS::Cognito::UserPoolClient': {
    defaultName: (logicalId, place) => digestOf(place.stackName, logicalId, 'client').slice(0, 26),
    identify: (name) => ({ ref: name, attributes: { ClientId: name } }),
    properties: UserPoolClient,
  },
  'AWS::Cognito::UserPoolDomain': {
    nameProperty: 'Domain',
    defaultName: generatedName,
    identify: (name) => ({ ref: name, attributes: {} }),
    properties: UserPoolDomain,
  },
  'AWS::CDK::Metadata': {
    ...plain,
    properties: watched.describe('no effect: it counts constructs for the CDK'),
  },
} satisfies Record<string, ResourceType>;
