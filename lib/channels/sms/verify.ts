import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import type { Form } from "./form";

/** `appUrl` is the address that Twilio knows; both tokens sign while the first is being replaced. */
export type SmsSecrets = {
  readonly appUrl: string;
  readonly token: string;
  readonly secondaryToken?: string | undefined;
};

const SIGNATURE = /^[A-Za-z0-9+/]{27}=$/;

/**
 * Whether a delivery is Twilio's: `X-Twilio-Signature` is the base64 HMAC-SHA1 of the configured address and the form's
 * names and values, under the account's token. The address is built from our own setting, never from what the request
 * says of itself. Source: Twilio, "Webhooks security"
 */
export function verifySms(request: Request, form: Form, secrets: SmsSecrets): boolean {
  const signature = request.headers.get("x-twilio-signature") ?? "";
  if (!SIGNATURE.test(signature)) return false;
  const { pathname, search } = new URL(request.url);
  const url = `${secrets.appUrl.replace(/\/+$/, "")}${pathname}${search}`;
  const params = Object.fromEntries([...form].map(([name, values]) => [name, [...values]]));
  return [secrets.token, secrets.secondaryToken].some(
    (token) => token !== undefined && validateRequest(token, signature, url, params),
  );
}
