import { verifyPassword } from "better-auth/crypto";
import { count, type Limit, takeBack } from "@/lib/db/limiter";
import { AppError, tooOften } from "@/lib/shared/errors";
import { selectPasswordHash } from "./store/own-passwords";

/** Wrong ones of somebody who is signed in, whatever they were asked for. */
const WRONG: Limit = { name: "own-password", times: 10, seconds: 15 * 60 };

/**
 * Whoever is signed in shows that it is them. Returns the hash of their password. Throws invalid_input at `current` for a wrong
 * one, rate_limited after ten.
 */
export async function requireOwnPassword(userId: string, password: string): Promise<string> {
  const seconds = await count(WRONG, userId);
  if (seconds > 0) throw tooOften(seconds);
  const hash = await selectPasswordHash(userId);
  if (hash === undefined || !(await verifyPassword({ hash, password }))) throw notYours();
  await takeBack(WRONG, userId);
  return hash;
}

export const notYours = (): AppError =>
  new AppError("invalid_input", "This is not your current password.", { field: "current" });
