import type { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** The keys of the deployer's FreshBooks app. Each pair saved in the portal is a version of its own. */
export class AppSecret extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, props: { key: Key }) {
    super(scope, id);
    this.secret = new Secret(this, 'FreshBooksApp', {
      description: 'Client ID and client secret of the FreshBooks app, saved in the Ledgerlink portal',
      encryptionKey: props.key,
    });
    acknowledge(
      this.secret,
      'SMG4',
      'FreshBooks makes its app keys by hand in its developer portal: there is no call that could rotate them. A person replaces them in our portal.',
    );
  }
}
