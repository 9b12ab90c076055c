import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

export type WakeQueueProps = {
  /** How long a message is hidden from others once one function has it: a little longer than that function may work. */
  hiddenSeconds: number;
};

/** Messages that wake a function, and those it failed at. What is due is in tables: a lost message is sent again. */
export class WakeQueue extends Construct {
  readonly queue: Queue;
  readonly parked: Queue;

  constructor(scope: Construct, id: string, { hiddenSeconds }: WakeQueueProps) {
    super(scope, id);
    this.parked = new Queue(this, 'Parked', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, 'Wake', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      visibilityTimeout: Duration.seconds(hiddenSeconds),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.parked, maxReceiveCount: 5 },
    });
  }
}
