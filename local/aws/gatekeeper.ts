import type { AccessBook } from '../iam/access-book.ts';
import type { Context } from '../iam/evaluate.ts';
import type { Caller, Need, Service } from './aws-request.ts';

/** What is true of every call on this machine. The hop to the front door stands for TLS. */
function circumstances(caller: Caller, region: string): Context {
  return {
    'aws:SecureTransport': ['true'],
    'aws:PrincipalArn': [caller.principal.arn],
    'aws:PrincipalAccount': [caller.principal.account],
    'aws:PrincipalType': ['AssumedRole'],
    'aws:RequestedRegion': [region],
    'kms:CallerAccount': [caller.principal.account],
  };
}

/** Decides whether a caller may do what a plan needs. */
export interface Gatekeeper {
  may(caller: Caller, need: Need): boolean;
  /** @throws {AwsError} in the service's own shape at the first need that nobody allows */
  require(caller: Caller, needs: readonly Need[], service: Pick<Service, 'denied'>): void;
}

export function makeGatekeeper(
  book: AccessBook,
  region: string,
  onDenied: (line: string) => void,
): Gatekeeper {
  const decide = (caller: Caller, need: Need) =>
    book.decide(caller, {
      principal: caller.principal,
      action: need.action,
      resource: need.resource,
      context: { ...circumstances(caller, region), ...need.context },
    });
  return {
    may: (caller, need) => decide(caller, need).decision === 'allowed',
    require: (caller, needs, service) => {
      for (const need of needs) {
        const { decision } = decide(caller, need);
        if (decision === 'allowed') continue;
        const message = refusalSentence(caller, need, decision);
        onDenied(message);
        throw service.denied(message, need);
      }
    },
  };
}

function refusalSentence(caller: Caller, need: Need, decision: 'explicitDeny' | 'implicitDeny'): string {
  const why =
    decision === 'explicitDeny'
      ? 'with an explicit deny'
      : `because no identity-based policy allows the ${need.action} action`;
  return `User: ${caller.principal.sessionArn} is not authorized to perform: ${need.action} on resource: ${need.resource} ${why}`;
}

/** The need of a service that uses a key on the caller's behalf (`kms:ViaService`). */
export function keyNeed(
  action: 'kms:Decrypt' | 'kms:GenerateDataKey',
  keyArn: string,
  viaService: string,
  encryptionContext: Readonly<Record<string, string>>,
): Need {
  const region = keyArn.split(':')[3] ?? '';
  return {
    action,
    resource: keyArn,
    context: {
      'kms:ViaService': [`${viaService}.${region}.amazonaws.com`],
      ...keyContext(encryptionContext),
    },
  };
}

/** Condition keys that an encryption context gives. */
export function keyContext(encryptionContext: Readonly<Record<string, string>>): Context {
  const pairs = Object.entries(encryptionContext);
  if (pairs.length === 0) return {};
  return {
    'kms:EncryptionContextKeys': pairs.map(([key]) => key),
    ...Object.fromEntries(pairs.map(([key, value]) => [`kms:EncryptionContext:${key}`, [value]])),
  };
}
