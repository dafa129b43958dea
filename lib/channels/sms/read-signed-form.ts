import { env } from "@/lib/shared/env";
import { type Form, readForm } from "./form";
import { verifySms } from "./verify";

/** The form of a request that Twilio signed; undefined where it did not. */
export function readSignedForm(request: Request, raw: Buffer): Form | undefined {
  const form = readForm(raw);
  const { APP_URL, TWILIO_AUTH_TOKEN, TWILIO_AUTH_TOKEN_SECONDARY } = env();
  const secrets = { appUrl: APP_URL, token: TWILIO_AUTH_TOKEN, secondaryToken: TWILIO_AUTH_TOKEN_SECONDARY };
  return verifySms(request, form, secrets) ? form : undefined;
}
