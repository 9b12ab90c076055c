import type { Business } from '../../domain/connection.ts';
import type { GrantToken } from '../grants/grant-token.ts';
import type { Listed } from './plan-hooks.ts';

/** Whose callbacks, and with what leave. */
export type CallbackAccess = { business: Business; access: Pick<GrantToken, 'token' | 'refused'> };

/**
 * FreshBooks' callbacks, as we use them. All throw Problems; what creates or changes is sent once and never again by
 * itself: the next look at the list says what came of it.
 */
export type FreshBooksCallbacks = {
  /** Every callback that our app has with this business. */
  list(who: CallbackAccess): Promise<readonly Listed[]>;
  /** `undefined` where FreshBooks does not know the event, or does not let us listen to it. */
  create(who: CallbackAccess, wish: { event: string; uri: string }): Promise<Listed | undefined>;
  /** True when the verifier was the right one. */
  confirm(who: CallbackAccess, id: string, verifier: string): Promise<boolean>;
  /** Has the verifier posted again. */
  resend(who: CallbackAccess, id: string): Promise<void>;
  /** It need not be there. */
  remove(who: CallbackAccess, id: string): Promise<void>;
};
