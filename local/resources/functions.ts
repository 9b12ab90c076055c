import { z } from 'zod';
import { PolicyDocument } from '../iam/policy.ts';
import { arn, count, digestOf, generatedName, idle, type ResourceType, tags } from './resource-type.ts';

const LambdaFunction = z.strictObject({
  FunctionName: z.string().optional(),
  Description: idle('words for people'),
  Runtime: z.literal('nodejs24.x'),
  Handler: z.string(),
  Role: z.string(),
  Code: z.union([
    z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }),
    z.strictObject({ ZipFile: z.string() }),
  ]),
  Environment: z.strictObject({ Variables: z.record(z.string(), z.coerce.string()).optional() }).optional(),
  Timeout: count.default(3),
  MemorySize: count.default(128),
  EphemeralStorage: idle('the temporary folder of this machine is shared'),
  Architectures: idle('the bundles run on the processor of this machine'),
  PackageType: z.literal('Zip').optional(),
  ReservedConcurrentExecutions: count.optional(),
  LoggingConfig: z
    .strictObject({
      LogGroup: z.string().optional(),
      LogFormat: idle('lines are kept as they are written'),
      ApplicationLogLevel: idle('lines are kept as they are written'),
      SystemLogLevel: idle('lines are kept as they are written'),
    })
    .optional(),
  TracingConfig: z.strictObject({ Mode: z.enum(['Active', 'PassThrough']) }).optional(),
  DeadLetterConfig: z.strictObject({ TargetArn: z.string() }).optional(),
  RecursiveLoop: idle('loops are not looked for'),
  Tags: tags,
});

const Permission = z.strictObject({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

const EventSourceMapping = z.strictObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.boolean().default(true),
  BatchSize: count.default(10),
  MaximumBatchingWindowInSeconds: count.default(0),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).optional(),
  ScalingConfig: z.strictObject({ MaximumConcurrency: count.optional() }).optional(),
  Tags: tags,
});

const EventInvokeConfig = z.strictObject({
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST'),
  MaximumRetryAttempts: count.optional(),
  MaximumEventAgeInSeconds: idle('retries end long before it'),
});

const Inline = z.strictObject({ PolicyName: z.string(), PolicyDocument });

const Role = z.strictObject({
  RoleName: z.string().optional(),
  Description: idle('words for people'),
  AssumeRolePolicyDocument: PolicyDocument,
  Policies: z.array(Inline).optional(),
  ManagedPolicyArns: z
    .array(z.string())
    .max(0, 'policies that AWS manages are not known here: write the statements into the stack')
    .optional(),
  MaxSessionDuration: idle('credentials last as long as a function runs'),
  Path: z.literal('/').optional(),
  Tags: tags,
});

const Policy = z.strictObject({
  PolicyName: z.string(),
  PolicyDocument,
  Roles: z.array(z.string()),
});

const LogGroup = z.strictObject({
  LogGroupName: z.string().optional(),
  RetentionInDays: idle('lines are kept until the engine stops'),
  KmsKeyId: idle('lines are kept in memory'),
  LogGroupClass: idle('classes only change the bill'),
  Tags: tags,
});

const plain = (identify: ResourceType['identify']) => ({ defaultName: generatedName, identify });
const nameless = plain((name) => ({ ref: name, attributes: {} }));

export const functionTypes = {
  'AWS::Lambda::Function': {
    ...plain((name, place) => ({ ref: name, attributes: { Arn: arn('lambda', place, `function:${name}`) } })),
    nameProperty: 'FunctionName',
    properties: LambdaFunction,
  },
  'AWS::Lambda::Permission': { ...nameless, properties: Permission },
  'AWS::Lambda::EventSourceMapping': {
    ...plain((name, place) => {
      const id = digestOf(name).slice(0, 36);
      return {
        ref: id,
        attributes: { Id: id, EventSourceMappingArn: arn('lambda', place, `event-source-mapping:${id}`) },
      };
    }),
    properties: EventSourceMapping,
  },
  'AWS::Lambda::EventInvokeConfig': { ...nameless, properties: EventInvokeConfig },
  'AWS::IAM::Role': {
    ...plain((name, place) => ({
      ref: name,
      attributes: { Arn: `arn:aws:iam::${place.account}:role/${name}`, RoleId: digestOf(name).slice(0, 21) },
    })),
    nameProperty: 'RoleName',
    properties: Role,
  },
  'AWS::IAM::Policy': { ...nameless, properties: Policy },
  'AWS::Logs::LogGroup': {
    ...plain((name, place) => ({
      ref: name,
      attributes: { Arn: arn('logs', place, `log-group:${name}:*`) },
    })),
    nameProperty: 'LogGroupName',
    properties: LogGroup,
  },
} satisfies Record<string, ResourceType>;
