import { matches } from './patterns.ts';

/** Condition keys whose values the front door works out. Any other key in a policy stops the start. */
export const CONDITION_KEYS: readonly RegExp[] = [
  /^aws:(SecureTransport|SourceArn|SourceAccount|PrincipalArn|PrincipalAccount|RequestedRegion|PrincipalType)$/i,
  /^kms:(ViaService|CallerAccount|EncryptionContextKeys|EncryptionContext:.+|GrantIsForAWSResource)$/i,
  /^dynamodb:(LeadingKeys|Attributes|EnclosingOperation)$/i,
  /^s3:(prefix|delimiter|max-keys)$/i,
  /^secretsmanager:(VersionStage|VersionId|SecretId)$/i,
];

type Compare = (actual: string, wanted: string) => boolean;

const asNumbers =
  (test: (left: number, right: number) => boolean): Compare =>
  (actual, wanted) =>
    test(Number(actual), Number(wanted));
const same: Compare = (actual, wanted) => actual === wanted;
const like: Compare = (actual, wanted) => matches(wanted, actual);

const positive: Readonly<Record<string, Compare>> = {
  StringEquals: same,
  StringEqualsIgnoreCase: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  StringLike: like,
  ArnEquals: like,
  ArnLike: like,
  Bool: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  NumericEquals: asNumbers((left, right) => left === right),
  NumericLessThan: asNumbers((left, right) => left < right),
  NumericLessThanEquals: asNumbers((left, right) => left <= right),
  NumericGreaterThan: asNumbers((left, right) => left > right),
  NumericGreaterThanEquals: asNumbers((left, right) => left >= right),
};

const negative: Readonly<Record<string, Compare>> = {
  StringNotEquals: same,
  StringNotLike: like,
  ArnNotEquals: like,
  ArnNotLike: like,
  NumericNotEquals: asNumbers((left, right) => left === right),
};

type Operator = (actual: readonly string[] | undefined, wanted: readonly string[]) => boolean;

function baseOf(name: string): { compare: Compare; negated: boolean } | undefined {
  const yes = positive[name];
  if (yes) return { compare: yes, negated: false };
  const no = negative[name];
  return no && { compare: no, negated: true };
}

/**
 * The test behind a condition operator's name, with its `ForAllValues:` / `ForAnyValue:` prefix and `IfExists`
 * suffix, or undefined when AWS has no such operator or the engine does not know it. A missing key fails a positive
 * operator and satisfies a negated one, as in AWS.
 */
export function operatorOf(name: string): Operator | undefined {
  if (name === 'Null') {
    return (actual, wanted) => wanted.some((each) => (each === 'true') === (actual === undefined));
  }
  const [, set, plain, optional] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const base = baseOf(plain ?? '');
  if (!base) return undefined;
  const hit = (value: string, wanted: readonly string[]) =>
    wanted.some((each) => base.compare(value, each)) !== base.negated;
  return (actual, wanted) => {
    if (set === 'ForAllValues') return (actual ?? []).every((value) => hit(value, wanted));
    if (actual === undefined) return optional !== undefined || (base.negated && set === undefined);
    if (set === 'ForAnyValue' || !base.negated) return actual.some((value) => hit(value, wanted));
    return actual.every((value) => hit(value, wanted));
  };
}
