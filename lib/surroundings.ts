import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { SignIn } from './constructs/sign-in.ts';
import type { StateStore } from './constructs/state-store.ts';

/** What the functions are joined to. */
export type Surroundings = {
  stage: string;
  bundles: string;
  publicUrl: string;
  freshBooksApi: string;
  freshBooksAuth: string;
  /** `allowed` or `refused`. */
  webhookLoopback: string;
  keys: { grants: Key; books: Key; webhooks: Key };
  store: StateStore;
  books: Bucket;
  secret: Secret;
  queue: Queue;
  eventQueue: Queue;
  signIn: SignIn;
};
