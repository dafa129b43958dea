import { base32 } from "@better-auth/utils/base32";
import { createOTP } from "@better-auth/utils/otp";
import { generateRandomString, symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";
import { sameSecret } from "@/lib/shared/same-secret";
import { auth } from "../auth";

const SECRET_LENGTH = 32;
const ISSUER = "Torqueflow";

/** One code stands for so long (RFC 6238). */
const STEP_MS = 30_000;

/** Clocks of phones differ: one step before and one after are right as well. */
const DRIFT_STEPS = 1;

export const newSecret = (): string => generateRandomString(SECRET_LENGTH);

/** As the library encrypts what it stores. */
export async function seal(data: string): Promise<string> {
  return symmetricEncrypt({ key: (await auth().$context).secretConfig, data });
}

/** What `seal` has encrypted. Throws where it was another secret of the application. */
export async function unseal(data: string): Promise<string> {
  return symmetricDecrypt({ key: (await auth().$context).secretConfig, data });
}

/** What an app is told of a secret: as an address for its camera, and as a key for typing, in groups of four. */
export function enrolment(secret: string, email: string): { readonly uri: string; readonly key: string } {
  const key = base32.encode(secret, { padding: false });
  return { uri: createOTP(secret).url(ISSUER, email), key: key.replace(/(.{4})(?=.)/g, "$1 ") };
}

/** The step of time, after `lastStep`, whose code this is at `now`; undefined for a wrong code, or one used before. */
export async function stepOf(
  secret: string,
  code: string,
  { now, lastStep }: { readonly now: Date; readonly lastStep: number },
): Promise<number | undefined> {
  const otp = createOTP(secret);
  const present = Math.floor(now.getTime() / STEP_MS);
  for (let step = present - DRIFT_STEPS; step <= present + DRIFT_STEPS; step += 1)
    if (step > lastStep && sameSecret(code, await otp.hotp(step))) return step;
  return undefined;
}
