import type { ChooseBusiness, LookAtAttempt } from '../../app/link/look-at-attempt.ts';
import type { ReturnAddress } from '../../app/link/return-address.ts';
import type { StartLink } from '../../app/link/start-link.ts';
import type { TakeCallback } from '../../app/link/take-callback.ts';

/** The use cases behind the pages of the link journey. */
export type LinkPageDeps = {
  startLink: StartLink;
  takeCallback: TakeCallback;
  lookAtAttempt: LookAtAttempt;
  chooseBusiness: ChooseBusiness;
  returnAddress: ReturnAddress;
  /** Origin of FreshBooks' authorisation pages: an `iss` of another server is refused (RFC 9207). */
  issuerOrigin: string;
};
