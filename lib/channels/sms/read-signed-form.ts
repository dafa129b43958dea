import { readBody } from "@/lib/http/read-body";
import { env } from "@/lib/shared/env";
import { AppError } from "@/lib/shared/errors";
import { type Form, readForm } from "./form";
import { verifySms } from "./verify";

/** A text has at most 1,600 characters and ten links. */
const MAX_BODY_BYTES = 256 * 1024;

/** The form of a request that Twilio signed. Throws unauthenticated where it did not, payload_too_large above 256 KiB. */
export async function readSignedForm(request: Request): Promise<Form> {
  const form = readForm(await readBody(request, MAX_BODY_BYTES));
  const { APP_URL, TWILIO_AUTH_TOKEN, TWILIO_AUTH_TOKEN_SECONDARY } = env();
  const secrets = { appUrl: APP_URL, token: TWILIO_AUTH_TOKEN, secondaryToken: TWILIO_AUTH_TOKEN_SECONDARY };
  if (!verifySms(request, form, secrets)) {
    throw new AppError("unauthenticated", "The signature is missing or wrong.");
  }
  return form;
}
