/** A small stack with one of everything the engine runs: `node app.ts OUTDIR` synthesises it. */
import { join } from 'node:path';
import * as cdk from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as integrations from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';

const folder = import.meta.dirname;

function makeFunction(
  scope: cdk.Stack,
  id: string,
  props: Partial<lambda.FunctionProps> = {},
): lambda.Function {
  const role = new iam.Role(scope, `${id}Role`, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
  });
  const logGroup = new logs.LogGroup(scope, `${id}Logs`);
  role.addToPolicy(
    new iam.PolicyStatement({
      sid: 'WriteLogs',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  );
  return new lambda.Function(scope, id, {
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(join(folder, id.toLowerCase())),
    role,
    logGroup,
    timeout: cdk.Duration.seconds(5),
    memorySize: 256,
    ...props,
  });
}

const app = new cdk.App({ outdir: process.argv[2] ?? 'cdk.out', analyticsReporting: false });
const stack = new cdk.Stack(app, 'Fixture', { env: { region: 'ca-central-1' } });
const greeting = new cdk.CfnParameter(stack, 'Greeting', { default: 'hello' });

const key = new kms.Key(stack, 'Key', { alias: 'alias/fixture' });
const table = new dynamodb.TableV2(stack, 'Table', {
  partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
  sortKey: { name: 'sk', type: dynamodb.AttributeType.STRING },
  timeToLiveAttribute: 'ttl',
  encryption: dynamodb.TableEncryptionV2.customerManagedKey(key),
  globalSecondaryIndexes: [
    { indexName: 'by-owner', partitionKey: { name: 'owner', type: dynamodb.AttributeType.STRING } },
  ],
});
const bucket = new s3.Bucket(stack, 'Bucket', {
  encryption: s3.BucketEncryption.KMS,
  encryptionKey: key,
  enforceSSL: true,
  blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
});
const dead = new sqs.Queue(stack, 'Dead', { enforceSSL: true });
const queue = new sqs.Queue(stack, 'Queue', {
  encryptionMasterKey: key,
  enforceSSL: true,
  visibilityTimeout: cdk.Duration.seconds(30),
  deadLetterQueue: { queue: dead, maxReceiveCount: 2 },
});
const idle = new sqs.Queue(stack, 'Idle', {
  visibilityTimeout: cdk.Duration.seconds(30),
  deadLetterQueue: { queue: dead, maxReceiveCount: 2 },
});
const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey: key, secretName: 'fixture/app' });

const api = makeFunction(stack, 'Api', {
  environment: {
    TABLE: table.tableName,
    BUCKET: bucket.bucketName,
    QUEUE_URL: queue.queueUrl,
    IDLE_QUEUE_URL: idle.queueUrl,
    SECRET_ID: secret.secretArn,
    KEY_ID: key.keyArn,
    GREETING: greeting.valueAsString,
  },
});
table.grantReadWriteData(api);
bucket.grantReadWrite(api);
queue.grantSendMessages(api);
idle.grantSendMessages(api);
idle.grantConsumeMessages(api);
secret.grantRead(api);
secret.grantWrite(api);
key.grantEncryptDecrypt(api);

const worker = makeFunction(stack, 'Worker', {
  environment: { TABLE: table.tableName },
  reservedConcurrentExecutions: 2,
});
table.grantWriteData(worker);
worker.addEventSource(
  new sources.SqsEventSource(queue, { batchSize: 5, reportBatchItemFailures: true, maxConcurrency: 2 }),
);

// May do little, and each thing only halfway: a key is missing, a condition does not hold, logs are refused.
const strangerRole = new iam.Role(stack, 'StrangerRole', {
  assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
});
const may = (actions: string[], resources: string[], conditions = {}) =>
  strangerRole.addToPolicy(new iam.PolicyStatement({ actions, resources, conditions }));
may(['dynamodb:GetItem', 'dynamodb:PutItem'], [table.tableArn], {
  'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['mine'] },
});
may(['dynamodb:Query'], [table.tableArn]);
may(['s3:GetObject', 's3:PutObject'], [bucket.arnForObjects('open/*')]);
may(['sqs:SendMessage'], [queue.queueArn, idle.queueArn]);
may(['secretsmanager:GetSecretValue'], [secret.secretArn]);
may(['kms:GenerateDataKey', 'kms:Decrypt'], [key.keyArn], {
  StringEquals: { 'kms:EncryptionContext:stage': 'test' },
});
may(['kms:Decrypt'], [key.keyArn], {
  StringEquals: { 'kms:ViaService': 'dynamodb.ca-central-1.amazonaws.com' },
});
strangerRole.addToPolicy(
  new iam.PolicyStatement({
    effect: iam.Effect.DENY,
    actions: ['sqs:SendMessage'],
    resources: [idle.queueArn],
  }),
);
new lambda.Function(stack, 'Stranger', {
  runtime: lambda.Runtime.NODEJS_24_X,
  handler: 'index.handler',
  code: lambda.Code.fromAsset(join(folder, 'api')),
  role: strangerRole,
  memorySize: 128,
});

const ticker = makeFunction(stack, 'Ticker');
new events.Rule(stack, 'EveryMinute', {
  schedule: events.Schedule.rate(cdk.Duration.minutes(1)),
  targets: [new targets.LambdaFunction(ticker)],
});

const http = new apigateway.HttpApi(stack, 'HttpApi', { createDefaultStage: false });
const accessLog = new logs.LogGroup(stack, 'AccessLog');
const stage = new apigateway.HttpStage(stack, 'Stage', {
  httpApi: http,
  autoDeploy: true,
  throttle: { rateLimit: 1000, burstLimit: 1000 },
  accessLogSettings: {
    destination: new apigateway.LogGroupLogDestination(accessLog),
    format: AccessLogFormat.custom(
      '$context.requestId $context.httpMethod $context.path $context.status $context.routeKey',
    ),
  },
});
const cfnStage = stage.node.defaultChild;
if (cfnStage instanceof apigateway.CfnStage) {
  cfnStage.addPropertyOverride('RouteSettings', {
    'GET /slowly': { ThrottlingRateLimit: 0.01, ThrottlingBurstLimit: 1 },
  });
}
const integration = new integrations.HttpLambdaIntegration('ApiIntegration', api);
http.addRoutes({ path: '/things/{id}', methods: [apigateway.HttpMethod.GET], integration });
http.addRoutes({ path: '/files/{proxy+}', methods: [apigateway.HttpMethod.ANY], integration });
http.addRoutes({ path: '/slowly', methods: [apigateway.HttpMethod.GET], integration });
http.addRoutes({
  path: '/impatient',
  methods: [apigateway.HttpMethod.GET],
  integration: new integrations.HttpLambdaIntegration('ImpatientIntegration', api, {
    timeout: cdk.Duration.millis(300),
  }),
});
new apigateway.HttpRoute(stack, 'Default', {
  httpApi: http,
  routeKey: apigateway.HttpRouteKey.DEFAULT,
  integration,
});

const pool = new cognito.UserPool(stack, 'Pool');
const client = pool.addClient('Portal', {
  generateSecret: false,
  oAuth: {
    flows: { authorizationCodeGrant: true },
    scopes: [cognito.OAuthScope.OPENID, cognito.OAuthScope.EMAIL],
    callbackUrls: [`${http.apiEndpoint}/portal/`],
    logoutUrls: [`${http.apiEndpoint}/portal/`],
  },
});

const outputs = {
  TableName: table.tableName,
  BucketName: bucket.bucketName,
  QueueUrl: queue.queueUrl,
  IdleQueueUrl: idle.queueUrl,
  DeadQueueUrl: dead.queueUrl,
  SecretArn: secret.secretArn,
  KeyArn: key.keyArn,
  Issuer: pool.userPoolProviderUrl,
  ClientId: client.userPoolClientId,
  ApiUrl: http.apiEndpoint,
};
for (const [name, value] of Object.entries(outputs)) new cdk.CfnOutput(stack, name, { value });
app.synth();
