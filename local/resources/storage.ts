import { z } from 'zod';
import { PolicyDocument } from '../iam/policy.ts';
import { arn, count, flag, generatedName, idle, type ResourceType, tags } from './resource-type.ts';

const EncryptionRule = z.strictObject({
  ServerSideEncryptionByDefault: z
    .strictObject({ SSEAlgorithm: z.enum(['AES256', 'aws:kms']), KMSMasterKeyID: z.string().optional() })
    .optional(),
  BucketKeyEnabled: flag.optional(),
  BlockedEncryptionTypes: idle('customer-held keys are not understood, so they are always blocked'),
});

const LifecycleRule = z.strictObject({
  Id: z.string().optional(),
  Status: z.enum(['Enabled', 'Disabled']),
  Prefix: z.string().optional(),
  ExpirationInDays: count.optional(),
  NoncurrentVersionExpiration: idle('old versions are not kept'),
  NoncurrentVersionTransitions: idle('old versions are not kept'),
  AbortIncompleteMultipartUpload: idle('uploads in parts are refused'),
  Transitions: idle('storage classes only change the bill'),
});

const Bucket = z.strictObject({
  BucketName: z.string().optional(),
  BucketEncryption: z
    .strictObject({ ServerSideEncryptionConfiguration: z.array(EncryptionRule).max(1) })
    .optional(),
  LifecycleConfiguration: z
    .strictObject({
      Rules: z.array(LifecycleRule),
      TransitionDefaultMinimumObjectSize: idle('no transitions'),
    })
    .optional(),
  PublicAccessBlockConfiguration: idle('nobody but the functions reaches the buckets'),
  OwnershipControls: idle('there are no ACLs'),
  VersioningConfiguration: idle('the newest version alone is kept'),
  LoggingConfiguration: idle('server access logs are not written'),
  Tags: tags,
});

const BucketPolicy = z.strictObject({ Bucket: z.string(), PolicyDocument });

const Queue = z.strictObject({
  QueueName: z.string().optional(),
  DelaySeconds: count.optional(),
  VisibilityTimeout: count.optional(),
  MessageRetentionPeriod: count.optional(),
  MaximumMessageSize: z.literal(1_048_576, 'the largest message is 1 MiB here').optional(),
  ReceiveMessageWaitTimeSeconds: count.optional(),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: count }).optional(),
  RedriveAllowPolicy: idle('only the queues of this stack can redrive'),
  KmsMasterKeyId: z.string().optional(),
  KmsDataKeyReusePeriodSeconds: idle('every data key is asked for'),
  SqsManagedSseEnabled: idle('the file system holds the messages'),
  Tags: tags,
});

const QueuePolicy = z.strictObject({ Queues: z.array(z.string()), PolicyDocument });

const policyNaming = {
  defaultName: generatedName,
  identify: (name) => ({ ref: name, attributes: {} }),
} satisfies Omit<ResourceType, 'properties'>;

export const storageTypes = {
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    defaultName: (logicalId, place) => generatedName(logicalId, place, 63).toLowerCase(),
    identify: (name, place) => ({
      ref: name,
      attributes: {
        Arn: `arn:aws:s3:::${name}`,
        DomainName: `${name}.s3.amazonaws.com`,
        RegionalDomainName: `${name}.s3.${place.region}.amazonaws.com`,
      },
    }),
    properties: Bucket,
  },
  'AWS::S3::BucketPolicy': { ...policyNaming, properties: BucketPolicy },
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    defaultName: (logicalId, place) => generatedName(logicalId, place, 80),
    identify: (name, place) => ({
      ref: `${place.awsUrl}/${place.account}/${name}`,
      attributes: {
        Arn: arn('sqs', place, name),
        QueueName: name,
        QueueUrl: `${place.awsUrl}/${place.account}/${name}`,
      },
    }),
    properties: Queue,
  },
  'AWS::SQS::QueuePolicy': { ...policyNaming, properties: QueuePolicy },
} satisfies Record<string, ResourceType>;
