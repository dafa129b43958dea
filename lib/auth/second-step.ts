import { createHash, randomBytes } from "node:crypto";
import { machineClock } from "@/lib/shared/clock";
import { env } from "@/lib/shared/env";
import { findStep, insertStep } from "./store/second-steps";

const COOKIE = "torqueflow.second-step";
const SECONDS = 10 * 60;
const TOKEN_BYTES = 32;

/** A browser that has shown whose it is and not yet the code of the app. */
export type SecondStep = { readonly id: string; readonly userId: string };

const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

const cookieOf = (value: string, seconds: number): string => {
  const secure = env().APP_URL.startsWith("https://") ? "; Secure" : "";
  return `${COOKIE}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
};

/** The `Set-Cookie` with which one browser may give a code within ten minutes. Of its token only the hash is kept. */
export async function beginSecondStep(userId: string): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const now = machineClock();
  const endsAt = new Date(now.getTime() + SECONDS * 1_000);
  await insertStep({ id: hashOf(token), userId, now, endsAt });
  return cookieOf(token, SECONDS);
}

/** Which step a browser is in; undefined for any other, and once its ten minutes are over. */
export async function secondStepOf(headers: Headers): Promise<SecondStep | undefined> {
  const cookies = (headers.get("cookie") ?? "").split("; ");
  const token = cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
  return token ? findStep(hashOf(token), machineClock()) : undefined;
}

/** The `Set-Cookie` that takes the cookie away. */
export const secondStepOver = (): string => cookieOf("", 0);
