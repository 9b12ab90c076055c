import { operatorOf } from './conditions.ts';
import { matches, matchesAction } from './patterns.ts';
import type { NamedPolicy, ResourcePolicy, Statement } from './policy.ts';

export type Context = Readonly<Record<string, readonly string[]>>;

/** One question: may this principal do this action on this resource, in these circumstances? */
export interface AccessRequest {
  readonly principal: Principal;
  readonly action: string;
  readonly resource: string;
  /** Condition keys as IAM spells them (`kms:ViaService`) and their values. */
  readonly context: Context;
}

/** Who asks: a role of this account, or an AWS service. */
export type Principal =
  | { readonly kind: 'role'; readonly arn: string; readonly sessionArn: string; readonly account: string }
  | { readonly kind: 'service'; readonly service: string };

/** Everything that is written about a request: what the role carries and what hangs on the resource. */
export interface Policies {
  readonly identity: readonly NamedPolicy[];
  readonly resource: readonly ResourcePolicy[];
}

interface StatementPlace {
  readonly policy: string;
  readonly index: number;
  readonly sid?: string;
}

export type Decision =
  | { readonly decision: 'allowed'; readonly statement: StatementPlace }
  | { readonly decision: 'explicitDeny'; readonly statement: StatementPlace }
  | { readonly decision: 'implicitDeny'; readonly statement: null };

function principalFits(statement: Statement, principal: Principal): boolean {
  const named = statement.Principal;
  if (named === undefined) return true;
  if (named === '*') return true;
  if (principal.kind === 'service') return (named.Service ?? []).includes(principal.service);
  const root = [`arn:aws:iam::${principal.account}:root`, principal.account, '*'];
  const names = [...root, principal.arn, principal.sessionArn];
  return (named.AWS ?? []).some((name) => names.includes(name));
}

/** Whether a statement names this very principal, rather than handing the question to its account's policies. */
function namesDirectly(statement: Statement, principal: Principal): boolean {
  const named = statement.Principal;
  if (named === undefined || named === '*' || principal.kind === 'service') return true;
  return (named.AWS ?? []).some(
    (name) => name === '*' || name === principal.arn || name === principal.sessionArn,
  );
}

function contextValue(context: Context, key: string): readonly string[] | undefined {
  if (context[key]) return context[key];
  const wanted = key.toLowerCase();
  return Object.entries(context).find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function conditionsHold(statement: Statement, context: Context): boolean {
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(
      ([key, wanted]) => operatorOf(operator)?.(contextValue(context, key), wanted) === true,
    ),
  );
}

/** Whether a statement speaks of this request at all. */
function applies(statement: Statement, request: AccessRequest): boolean {
  const { Action, NotAction, Resource, NotResource } = statement;
  if (Action && !Action.some((pattern) => matchesAction(pattern, request.action))) return false;
  if (NotAction?.some((pattern) => matchesAction(pattern, request.action))) return false;
  if (Resource && !Resource.some((pattern) => matches(pattern, request.resource))) return false;
  if (NotResource?.some((pattern) => matches(pattern, request.resource))) return false;
  return principalFits(statement, request.principal) && conditionsHold(statement, request.context);
}

interface Found {
  readonly statement: Statement;
  readonly place: StatementPlace;
}

function applying(policies: readonly NamedPolicy[], request: AccessRequest): Found[] {
  return policies.flatMap(({ name, document }) =>
    document.Statement.flatMap((statement, index) => {
      if (!applies(statement, request)) return [];
      const sid = statement.Sid === undefined ? {} : { sid: statement.Sid };
      return [{ statement, place: { policy: name, index, ...sid } }];
    }),
  );
}

function allowedBy(
  policies: Policies,
  request: AccessRequest,
  identity: Found[],
  resource: Found[],
): Found | undefined {
  const grants = resource.filter(({ statement }) => statement.Effect === 'Allow');
  const direct = grants.find(({ statement }) => namesDirectly(statement, request.principal));
  if (request.principal.kind === 'service') return direct;
  const own = identity.find(({ statement }) => statement.Effect === 'Allow');
  const guarded = policies.resource.some(({ guardsAlone }) => guardsAlone);
  if (own && (!guarded || grants.length > 0)) return own;
  return direct;
}

/**
 * Decides as IAM does within one account: an explicit deny anywhere wins; then a statement of the role, or one of
 * the resource that names the role, must allow. A KMS key's policy must also open the key to the account before the
 * role's own statements count (AWS KMS developer guide, "Key policies").
 */
export function evaluate(policies: Policies, request: AccessRequest): Decision {
  const identity = applying(policies.identity, request);
  const resource = applying(policies.resource, request);
  const denial = [...identity, ...resource].find(({ statement }) => statement.Effect === 'Deny');
  if (denial) return { decision: 'explicitDeny', statement: denial.place };
  const grant = allowedBy(policies, request, identity, resource);
  if (grant) return { decision: 'allowed', statement: grant.place };
  return { decision: 'implicitDeny', statement: null };
}
