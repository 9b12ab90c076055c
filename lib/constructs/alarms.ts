import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';

/** An alarm says what it means for people; one without an impact does not compile. */
export type AlarmRow = { name: string; metric: IMetric; threshold: number; impact: string; lookAt: string };

const period = { period: Duration.minutes(5), statistic: 'Sum' };

export class Alarms extends Construct {
  constructor(scope: Construct, id: string, rows: readonly AlarmRow[]) {
    super(scope, id);
    for (const row of rows) {
      new Alarm(this, row.name, {
        metric: row.metric,
        threshold: row.threshold,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
        alarmDescription: `${row.impact} Look at: ${row.lookAt}`,
      });
    }
  }
}

/** An outcome that the worker counts. */
export function outcome(metricName: string): Metric {
  return new Metric({
    namespace: 'Ledgerlink',
    metricName,
    dimensionsMap: { service: 'sync-worker' },
    ...period,
  });
}

/** Sum over five minutes, the resolution that every alarm uses. */
export const alarmPeriod = period;
