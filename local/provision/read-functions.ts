import { randomBytes } from 'node:crypto';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Caller } from '../aws/aws-request.ts';
import type { LambdaFunction } from '../runtime/lambda-function.ts';
import type { Resource, Stack } from '../template/read-stack.ts';
import { Refusal } from '../template/refusal.ts';

type FunctionResource = Resource<'AWS::Lambda::Function'>;

function folderOf(fn: FunctionResource, assets: ReadonlyMap<string, string>, stateDir: string): string {
  const { Code } = fn.properties;
  const where = `Resources.${fn.logicalId}.Properties.Code`;
  if ('ZipFile' in Code) {
    const folder = join(stateDir, 'inline', fn.identity.ref);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.js'), Code.ZipFile);
    return folder;
  }
  const folder = assets.get(Code.S3Key);
  if (folder === undefined)
    throw new Refusal(
      `the asset ${Code.S3Key}`,
      where,
      'the assembly has no such file',
      'Synthesise it again',
    );
  if (statSync(folder).isDirectory()) return folder;
  throw new Refusal(
    `the asset ${folder}`,
    where,
    'it is not a folder',
    'Give the function a folder as its code',
  );
}

function callerOf(fn: FunctionResource, stack: Stack): Caller {
  const { Role } = fn.properties;
  const role = stack.all('AWS::IAM::Role').find(({ identity }) => identity.attributes['Arn'] === Role);
  if (!role)
    throw new Refusal(
      `the role ${Role}`,
      `Resources.${fn.logicalId}.Properties.Role`,
      'the stack has no such role',
      'Give the function a role of this stack',
    );
  const roleName = role.identity.ref;
  const trusted = role.properties.AssumeRolePolicyDocument.Statement.some(
    ({ Effect, Principal }) =>
      Effect === 'Allow' &&
      typeof Principal === 'object' &&
      Principal.Service?.includes('lambda.amazonaws.com'),
  );
  if (!trusted)
    throw new Refusal(
      `the role ${roleName}`,
      `Resources.${role.logicalId}`,
      'Lambda is not trusted to assume it',
      'Trust lambda.amazonaws.com',
    );
  const { account } = stack.place;
  return {
    functionName: fn.identity.ref,
    roleName,
    principal: {
      kind: 'role',
      arn: Role,
      sessionArn: `arn:aws:sts::${account}:assumed-role/${roleName}/${fn.identity.ref}`,
      account,
    },
  };
}

/** Credentials that last as long as this start: nobody can use them elsewhere. */
export function newCredentials(): LambdaFunction['credentials'] {
  return {
    accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(60).toString('base64'),
  };
}

/** The functions a stack declares, each with its own role's credentials. */
export function readFunctions(
  stack: Stack,
  assets: ReadonlyMap<string, string>,
  stateDir: string,
): LambdaFunction[] {
  return stack.all('AWS::Lambda::Function').map((fn) => {
    const { properties, identity, logicalId } = fn;
    return {
      name: identity.ref,
      logicalId,
      arn: String(identity.attributes['Arn']),
      handler: properties.Handler,
      folder: folderOf(fn, assets, stateDir),
      timeoutMs: properties.Timeout * 1000,
      memoryMb: properties.MemorySize,
      reserved: properties.ReservedConcurrentExecutions,
      variables: properties.Environment?.Variables ?? {},
      logGroup: properties.LoggingConfig?.LogGroup ?? `/aws/lambda/${identity.ref}`,
      tracing: properties.TracingConfig?.Mode === 'Active',
      caller: callerOf(fn, stack),
      credentials: newCredentials(),
    };
  });
}
