import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** A key for each kind of secret: who may open the books may not thereby open the grants. */
export class Keys extends Construct {
  /** Seals token pairs and the app's own keys. */
  readonly grants: Key;
  /** Encrypts the books bucket. */
  readonly books: Key;
  /** Seals the signing secrets of webhooks. */
  readonly webhooks: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.grants = new Key(this, 'Grants', {
      description: 'Ledgerlink: FreshBooks token pairs and app keys',
      enableKeyRotation: true,
    });
    this.books = new Key(this, 'Books', { description: 'Ledgerlink: the books', enableKeyRotation: true });
    this.webhooks = new Key(this, 'Webhooks', {
      description: 'Ledgerlink: signing secrets of webhooks',
      enableKeyRotation: true,
    });
  }
}
