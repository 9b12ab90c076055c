import type { Reason } from '../domain/health.ts';
import { Problem } from '../domain/problem.ts';
import type { VendorError } from './vendor-error.ts';

/** The causes of a refusal that are told apart, each with its reason in health and its sentence. */
type Cause = Extract<
  Reason,
  | 'missing-scope'
  | 'not-in-plan'
  | 'role-may-not-read'
  | 'no-permission'
  | 'refused-unexplained'
  | 'membership-gone'
  | 'client-only'
  | 'inactive'
>;

/** What a reply says that refuses: only numbers and names of FreshBooks' own, nothing of a customer's. */
type Evidence = {
  status: number;
  errno?: number | undefined;
  /** It says that access is what is missing; false for a number that nobody has explained. */
  denies: boolean;
  saysScope: boolean;
  /** Scopes that it names: those that were given and those that are needed. */
  named: readonly string[];
};

/** What is known beside the reply itself. Absent: nobody knows. */
export type Circumstances = {
  /** The read scope that the resource needs, and those that the consent has. */
  needed?: string;
  granted: readonly string[];
  /** What users/me says of the person in this business: `gone` when they are no longer in it. */
  person?: { role?: string | undefined; seesAll: boolean } | 'gone' | undefined;
  /** Whether the plan has the feature that the resource needs, by users/me's own flag. */
  feature?: boolean | undefined;
  /** It needs a feature that not every plan has. */
  needsFeature: boolean;
};

/** freshbooks-api §4.2: no access to vendors, bills, bill payments; the plan has no payables, or the role sees none. */
const errnosOfPlan: readonly (number | undefined)[] = [31001, 41001, 41101];
const errnoOfInactive = 1042;

type Facts = Evidence & Circumstances;

const lacksScope = ({ needed, granted }: Facts): boolean =>
  needed !== undefined && granted.length > 0 && !granted.includes(needed);
const roleOf = ({ person }: Facts) => (person === 'gone' ? undefined : person?.role);
const seesAll = ({ person }: Facts): boolean => person !== undefined && person !== 'gone' && person.seesAll;
const planMayLackIt = ({ errno, feature, needsFeature }: Facts): boolean =>
  feature === undefined && (needsFeature || errnosOfPlan.includes(errno));

/**
 * The first that holds is the cause. What FreshBooks says itself comes before what users/me says, that before what
 * follows from the consent; a plan before a scope, because consenting again would not help. Nothing is guessed: where
 * the plan and the role are both possible, or neither, that is what is said.
 */
const causes: readonly (readonly [Cause, (facts: Facts) => boolean])[] = [
  ['inactive', ({ errno }) => errno === errnoOfInactive],
  ['missing-scope', ({ saysScope }) => saysScope],
  ['membership-gone', ({ person }) => person === 'gone'],
  ['client-only', (facts) => roleOf(facts) === 'client'],
  ['not-in-plan', ({ feature }) => feature === false],
  ['missing-scope', lacksScope],
  // Who sees everything is not refused for the role.
  ['not-in-plan', (facts) => seesAll(facts) && planMayLackIt(facts) && errnosOfPlan.includes(facts.errno)],
  ['refused-unexplained', (facts) => seesAll(facts) || !facts.denies],
  ['no-permission', planMayLackIt],
  ['role-may-not-read', (facts) => roleOf(facts) !== undefined || facts.feature === true],
];

const sentences: Readonly<Record<Cause, (detail: string) => string>> = {
  'missing-scope': (detail) => `the customer’s consent lacks a scope that FreshBooks asks for (${detail}).`,
  'not-in-plan': (detail) => `the FreshBooks plan of this business does not include it (${detail}).`,
  'role-may-not-read': (detail) =>
    `the role that the person who connected has in FreshBooks may not read it (${detail}).`,
  'no-permission': (detail) =>
    `FreshBooks does not show it, and does not say whether the plan or the person’s role is the cause (${detail}).`,
  'refused-unexplained': (detail) =>
    `FreshBooks answered with an error that does not say why (${detail}). What was held stays.`,
  'membership-gone': (detail) => `the person who connected no longer belongs to this business (${detail}).`,
  'client-only': (detail) => `the person who connected is only a client of this business (${detail}).`,
  inactive: (detail) => `the FreshBooks account is closed, or its trial is over (${detail}).`,
};

/** A refusal of FreshBooks to show something to a living consent: Problem `no-permission`, with its reason. */
export class Refusal extends Problem {
  readonly #subject: string;
  readonly #evidence: Evidence;

  /** `subject` begins the public sentence, `invoices`. */
  constructor(
    subject: string,
    evidence: Evidence,
    around: Circumstances = { granted: [], needsFeature: false },
  ) {
    const facts = { ...evidence, ...around };
    const cause = causes.find(([, holds]) => holds(facts))?.[0] ?? 'no-permission';
    const scope = cause === 'missing-scope' ? missingScope(facts) : undefined;
    const { status, errno } = evidence;
    const detail = [scope ?? [], `HTTP ${status}`, errno === undefined ? [] : `errno ${errno}`].flat();
    super('no-permission', `${subject}: ${sentences[cause](detail.join(', '))}`, { reason: cause, scope });
    this.#subject = subject;
    this.#evidence = evidence;
  }

  /** The same refusal, when more is known. */
  explained(around: Circumstances): Refusal {
    return new Refusal(this.#subject, this.#evidence, around);
  }
}

/** What a reply that refuses says of the cause. `denies`: see `Evidence`. */
export function evidenceOf(status: number, error: VendorError | undefined, denies: boolean): Evidence {
  const words = `${error?.name ?? ''} ${error?.words ?? ''}`;
  return {
    status,
    errno: error?.errno,
    denies,
    saysScope: /\bscopes?\b|insufficient_scope/i.test(words),
    named: words.match(/\buser:[a-z_]+:(?:read|write)\b/g) ?? [],
  };
}

/** The one that FreshBooks names and the consent has not; else the one that is known to be needed. */
function missingScope({ named, granted, needed }: Facts): string | undefined {
  const [first, ...more] = new Set(named.filter((scope) => !granted.includes(scope)));
  if (granted.length > 0 && more.length === 0 && first !== undefined) return first;
  return needed === undefined || granted.includes(needed) ? undefined : needed;
}
