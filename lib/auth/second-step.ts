import { machineClock } from "@/lib/shared/clock";
import { cookieIn, ownCookie } from "./cookies";
import { hashOf, newSecret } from "./secrets";
import { findStep, insertStep } from "./store/second-steps";

const COOKIE = "torqueflow.second-step";
const SECONDS = 10 * 60;

/** A browser that has shown whose it is and not yet the code of the app. */
export type SecondStep = { readonly id: string; readonly userId: string };

const cookieOf = (value: string, seconds: number): string => ownCookie(COOKIE, value, { path: "/", seconds });

/** The `Set-Cookie` with which one browser may give a code within ten minutes. Of its token only the hash is kept. */
export async function beginSecondStep(userId: string): Promise<string> {
  const token = newSecret();
  const now = machineClock();
  const endsAt = new Date(now.getTime() + SECONDS * 1_000);
  await insertStep({ id: hashOf(token), userId, now, endsAt });
  return cookieOf(token, SECONDS);
}

/** Which step a browser is in; undefined for any other, and once its ten minutes are over. */
export async function secondStepOf(headers: Headers): Promise<SecondStep | undefined> {
  const token = cookieIn(headers, COOKIE);
  return token ? findStep(hashOf(token), machineClock()) : undefined;
}

/** The `Set-Cookie` that takes the cookie away. */
export const secondStepOver = (): string => cookieOf("", 0);
