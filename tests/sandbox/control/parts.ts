import type { Sandbox } from "../core/context";
import type { Inbox } from "../mail/inbox";
import type { MetaState } from "../meta/state";
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
}
