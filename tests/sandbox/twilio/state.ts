import type { Sandbox } from "../core/context";
import type { SandboxRequest } from "../core/http";
import { basicOf, same } from "../core/signatures";
import { createMessages, type Messages } from "./messages";
import { createOptOuts, type OptOuts } from "./opt-outs";

/** What Twilio remembers. */
export interface TwilioState {
  sandbox: Sandbox;
  messages: Messages;
  optOuts: OptOuts;
  reset: () => void;
}

export function createTwilioState(sandbox: Sandbox): TwilioState {
  const messages = createMessages(sandbox.clock);
  const optOuts = createOptOuts();
  const reset = () => {
    messages.reset();
    optOuts.reset();
  };
  return { sandbox, messages, optOuts, reset };
}

/** Basic authorisation with the account's id and token, for that account's own resources. */
export function isAuthorised({ sandbox }: TwilioState, { headers, params }: SandboxRequest): boolean {
  const { user, password } = basicOf(headers.authorization);
  const { twilioAccountSid, twilioAuthToken } = sandbox.secrets;
  return (
    same(user, twilioAccountSid) && same(password, twilioAuthToken) && params.account === twilioAccountSid
  );
}
