import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** One permission: actions on resources, with the name by which tests and reviewers speak of it. */
export type Permission = {
  name: string;
  actions: readonly string[];
  resources: readonly string[];
  conditions?: Record<string, Record<string, string | readonly string[]>>;
};

export type PlatformFunctionProps = {
  /** Folder under lambdas/. */
  folder: string;
  /** Where the build put the bundles: a folder per function. */
  bundles: string;
  description: string;
  environment: Record<string, string>;
  permissions: readonly Permission[];
  memoryMegabytes: number;
  timeoutSeconds: number;
};

/** A Lambda with a role of its own, which may do exactly what its permissions say, and write its own log. */
export class PlatformFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: PlatformFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.THREE_MONTHS });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    for (const permission of [...props.permissions, writesItsLog(logGroup)]) {
      this.role.addToPolicy(statement(permission));
    }
    this.lambda = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(`${props.bundles}/${props.folder}`),
      handler: 'index.handler',
      role: this.role,
      logGroup,
      environment: props.environment,
      memorySize: props.memoryMegabytes,
      timeout: Duration.seconds(props.timeoutSeconds),
    });
  }
}

function writesItsLog(logGroup: LogGroup): Permission {
  return {
    name: 'WritesItsLog',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  };
}

function statement(permission: Permission): PolicyStatement {
  return new PolicyStatement({
    sid: permission.name,
    actions: [...permission.actions],
    resources: [...permission.resources],
    ...(permission.conditions === undefined ? {} : { conditions: permission.conditions }),
  });
}
