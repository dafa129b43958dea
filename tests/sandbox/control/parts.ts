import type { Sandbox } from "../core/context";
import type { Inbox } from "../mail/inbox";
import type { MetaState } from "../meta/state";
import type { Laid, Past } from "../stripe/past";
import type { StripeState } from "../stripe/state";
import type { TwilioState } from "../twilio/state";
import type { VapiState } from "../vapi/state";

/** Everything the control API may look into. */
export interface Parts {
  sandbox: Sandbox;
  meta: MetaState;
  twilio: TwilioState;
  vapi: VapiState;
  stripe: StripeState;
  inbox: Inbox;
  /** Forgets everything; a provider that joins is forgotten with the rest. */
  resetAll: () => void;
  /** Lays a customer's past at Stripe, again after each reset. Returns the customer's id and the subscription's. */
  layPast: (past: Past) => Laid;
}
