import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import cdkJson from '../cdk.json' with { type: 'json' };
import { PlatformStack } from '../lib/platform-stack.ts';

// Stages → stacks. `npm run deploy -- -c stage=staging` deploys another stage beside the first.
const app = new App({
  outdir: process.env['CDK_OUTDIR'] ?? 'cdk.out',
  analyticsReporting: false,
  treeMetadata: false,
  context: cdkJson.context,
});
const stage: unknown = app.node.tryGetContext('stage') ?? 'production';
if (typeof stage !== 'string' || !/^[a-z][a-z0-9-]{0,19}$/.test(stage)) {
  throw new Error(
    'the context value "stage" names the deployment: small letters, digits and dashes, 20 at most',
  );
}
Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
new PlatformStack(app, `Ledgerlink-${stage}`, { stage, bundles: 'dist/lambdas' });
app.synth();
