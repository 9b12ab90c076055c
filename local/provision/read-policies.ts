import type { PolicyBook } from '../iam/access-book.ts';
import { type NamedPolicy, PolicyDocument, type ResourcePolicy } from '../iam/policy.ts';
import type { Stack } from '../template/read-stack.ts';
import { Refusal } from '../template/refusal.ts';

function rolePolicies(stack: Stack): Map<string, NamedPolicy[]> {
  const roles = new Map<string, NamedPolicy[]>();
  for (const { identity, properties } of stack.all('AWS::IAM::Role')) {
    const inline = (properties.Policies ?? []).map(({ PolicyName, PolicyDocument }) => ({
      name: PolicyName,
      document: PolicyDocument,
    }));
    roles.set(identity.ref, inline);
  }
  for (const { logicalId, properties } of stack.all('AWS::IAM::Policy')) {
    for (const role of properties.Roles) {
      const policies = roles.get(role);
      if (!policies)
        throw new Refusal(
          `the role ${role}`,
          `Resources.${logicalId}.Properties.Roles`,
          'the stack has no such role',
          'Attach the policy to a role of this stack',
        );
      policies.push({ name: properties.PolicyName, document: properties.PolicyDocument });
    }
  }
  return roles;
}

// AWS measures a role's inline policies together, without white space (IAM quotas).
const MAX_ROLE_POLICY_CHARACTERS = 10_240;
const MAX_RESOURCE_POLICY_CHARACTERS = 20_480;

function refuseLargePolicies(roles: ReadonlyMap<string, readonly NamedPolicy[]>): void {
  for (const [role, policies] of roles) {
    const size = policies.reduce((sum, { document }) => sum + JSON.stringify(document).length, 0);
    if (size <= MAX_ROLE_POLICY_CHARACTERS) continue;
    throw new Refusal(
      `the role ${role}`,
      'its policies',
      `they hold ${size} characters and IAM takes ${MAX_ROLE_POLICY_CHARACTERS}`,
      'Shorten them',
    );
  }
}

/** A function's permissions are its resource policy, one statement each, named by the logical id. */
function permissionPolicies(stack: Stack): Map<string, ResourcePolicy[]> {
  const found = new Map<string, ResourcePolicy[]>();
  for (const { logicalId, properties } of stack.all('AWS::Lambda::Permission')) {
    const { FunctionName, Action, Principal, SourceArn, SourceAccount } = properties;
    const fn = stack
      .all('AWS::Lambda::Function')
      .find(({ identity }) => [identity.ref, identity.attributes['Arn']].includes(FunctionName));
    if (!fn)
      throw new Refusal(
        `the function ${FunctionName}`,
        `Resources.${logicalId}`,
        'the stack has no such function',
        'Correct the permission',
      );
    const arn = String(fn.identity.attributes['Arn']);
    const document = PolicyDocument.parse({
      Statement: {
        Effect: 'Allow',
        Principal: { Service: Principal },
        Action,
        Resource: arn,
        Condition: {
          ...(SourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': SourceArn } }),
          ...(SourceAccount === undefined ? {} : { StringEquals: { 'aws:SourceAccount': SourceAccount } }),
        },
      },
    });
    found.set(arn, [...(found.get(arn) ?? []), { name: logicalId, document, guardsAlone: false }]);
  }
  return found;
}

function add(map: Map<string, ResourcePolicy[]>, arn: string, policy: ResourcePolicy, where: string): void {
  const size = JSON.stringify(policy.document).length;
  if (size > MAX_RESOURCE_POLICY_CHARACTERS) {
    throw new Refusal(
      'the policy',
      where,
      `it holds ${size} characters and AWS takes ${MAX_RESOURCE_POLICY_CHARACTERS}`,
      'Shorten it',
    );
  }
  map.set(arn, [...(map.get(arn) ?? []), policy]);
}

/** Every policy of the stack: what roles carry, what hangs on buckets, queues, keys and functions. */
export function readPolicies(stack: Stack): PolicyBook {
  const roles = rolePolicies(stack);
  refuseLargePolicies(roles);
  const resources = permissionPolicies(stack);
  for (const { logicalId, properties } of stack.all('AWS::S3::BucketPolicy')) {
    const policy = { name: logicalId, document: properties.PolicyDocument, guardsAlone: false };
    add(resources, `arn:aws:s3:::${properties.Bucket}`, policy, `Resources.${logicalId}`);
  }
  for (const { logicalId, properties } of stack.all('AWS::SQS::QueuePolicy')) {
    for (const url of properties.Queues) {
      const queue = stack.all('AWS::SQS::Queue').find(({ identity }) => identity.ref === url);
      const policy = { name: logicalId, document: properties.PolicyDocument, guardsAlone: false };
      if (queue) add(resources, String(queue.identity.attributes['Arn']), policy, `Resources.${logicalId}`);
    }
  }
  for (const { logicalId, identity, properties } of stack.all('AWS::KMS::Key')) {
    const policy = { name: logicalId, document: properties.KeyPolicy, guardsAlone: true };
    add(resources, String(identity.attributes['Arn']), policy, `Resources.${logicalId}`);
  }
  return { roles, resources };
}
