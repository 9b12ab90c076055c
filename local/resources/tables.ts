import { z } from 'zod';
import { arn, digestOf, flag, generatedName, idle, type ResourceType, tags } from './resource-type.ts';

const KeySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const capacity = idle('capacity is not metered');
const Index = z.strictObject({
  IndexName: z.string(),
  KeySchema,
  Projection: z.strictObject({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']).optional(),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
  WriteOnDemandThroughputSettings: capacity,
  ReadOnDemandThroughputSettings: capacity,
  OnDemandThroughput: capacity,
  ContributorInsightsSpecification: idle('there is no CloudWatch'),
  WarmThroughput: capacity,
});
const operations = {
  PointInTimeRecoverySpecification: idle('there are no backups'),
  ContributorInsightsSpecification: idle('there is no CloudWatch'),
  DeletionProtectionEnabled: idle('nothing deletes a table here'),
  TableClass: idle('classes only change the bill'),
  Tags: tags,
};
const shape = {
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(
    z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema,
  BillingMode: idle('capacity is not metered'),
  GlobalSecondaryIndexes: z.array(Index).optional(),
  LocalSecondaryIndexes: z.array(Index).optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string().optional(), Enabled: flag }).optional(),
  WriteOnDemandThroughputSettings: capacity,
  OnDemandThroughput: capacity,
  WarmThroughput: capacity,
};
const Encryption = z.strictObject({
  SSEEnabled: flag,
  SSEType: z.string().optional(),
  KMSMasterKeyId: z.string().optional(),
});
const Replica = z.strictObject({
  Region: z.string(),
  SSESpecification: z.strictObject({ KMSMasterKeyId: z.string() }).optional(),
  GlobalSecondaryIndexes: capacity,
  ReadOnDemandThroughputSettings: capacity,
  ...operations,
});

/** One table, whichever of the two resource types it was written as. */
const GlobalTable = z.strictObject({
  ...shape,
  SSESpecification: Encryption.optional(),
  Replicas: z.array(Replica).length(1, 'one machine is one region: exactly one replica'),
});
const Table = z.strictObject({ ...shape, SSESpecification: Encryption.optional(), ...operations });

const naming = {
  nameProperty: 'TableName',
  defaultName: generatedName,
  identify: (name, place, logicalId) => ({
    ref: name,
    attributes: { Arn: arn('dynamodb', place, `table/${name}`), TableId: digestOf(logicalId).slice(0, 36) },
  }),
} satisfies Omit<ResourceType, 'properties'>;

export const tableTypes = {
  'AWS::DynamoDB::GlobalTable': { ...naming, properties: GlobalTable },
  'AWS::DynamoDB::Table': { ...naming, properties: Table },
} satisfies Record<string, ResourceType>;
