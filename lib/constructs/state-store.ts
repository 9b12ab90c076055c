import { AttributeType, Billing, ProjectionType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';

const text = AttributeType.STRING;

/** The indexes of the state table, by name: which question each answers is in docs/architecture.md. */
export type StateIndex = 'by-entity' | 'by-link' | 'by-slot' | 'by-pending' | 'by-grant' | 'by-outbox';

/**
 * Four tables. `state` is what happened to companies and connections and can be restored to any second; `grants`
 * holds the sealed token pairs and cannot: a restored pair would be a spent one. `calls` is what the API remembers of
 * requests for a day at most, and nobody misses it. `events` is the feed and who is told of it; old parts end by themselves.
 */
export class StateStore extends Construct {
  readonly state: TableV2;
  readonly grants: TableV2;
  readonly calls: TableV2;
  readonly events: TableV2;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.state = new TableV2(this, 'State', {
      partitionKey: { name: 'pk', type: text },
      sortKey: { name: 'sk', type: text },
      billing: Billing.onDemand(),
      deletionProtection: true,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // One-time links alone end by themselves.
      timeToLiveAttribute: 'ttl',
      globalSecondaryIndexes: [
        index('by-entity', 'entity', 'created'),
        index('by-link', 'link'),
        index('by-slot', 'slot', 'sk'),
        index('by-pending', 'pending', 'pendingSince'),
        index('by-grant', 'grant', 'sk'),
        index('by-outbox', 'outbox', 'outboxSince'),
      ],
    });
    this.grants = new TableV2(this, 'Grants', {
      partitionKey: { name: 'pk', type: text },
      billing: Billing.onDemand(),
      deletionProtection: true,
      timeToLiveAttribute: 'ttl',
    });
    this.calls = new TableV2(this, 'Calls', {
      partitionKey: { name: 'pk', type: text },
      billing: Billing.onDemand(),
      deletionProtection: true,
      timeToLiveAttribute: 'ttl',
    });
    this.events = new TableV2(this, 'Events', {
      partitionKey: { name: 'pk', type: text },
      sortKey: { name: 'sk', type: text },
      billing: Billing.onDemand(),
      deletionProtection: true,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'ttl',
      globalSecondaryIndexes: [index('by-due', 'dueOf', 'due')],
    });
  }

  /** The ARN of the index of deliveries by when they are due. */
  get dueIndexArn(): string {
    return `${this.events.tableArn}/index/by-due`;
  }

  /** The ARN that a role needs to query one index and nothing else. */
  indexArn(name: StateIndex): string {
    return `${this.state.tableArn}/index/${name}`;
  }
}

function index(name: StateIndex | 'by-due', partition: string, sort?: string) {
  return {
    indexName: name,
    partitionKey: { name: partition, type: text },
    ...(sort === undefined ? {} : { sortKey: { name: sort, type: text } }),
    projectionType: ProjectionType.KEYS_ONLY,
  };
}
