import { isDeepStrictEqual } from "node:util";
import { actorName, type Ctx } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { AppError } from "@/lib/shared/errors";
import { claimKey, type Facts, insertAct } from "./store/acts";

export type Act = {
  /** null: the platform itself, as for a credit pack. */
  readonly orgId: string | null;
  /** What is done, e.g. `freeze`. */
  readonly action: string;
  /** Unique within its organisation: the same key acts once only. */
  readonly key: string;
  readonly reason: string;
  /** What is asked for: the same key with something else is a conflict. */
  readonly input: Facts;
};

/** Where no key is given it is made of the act and its reason, so that a key must be able to hold both. */
const MAX_KEY = 255;
const MAX_REASON = 200;

export type ActOutcome = {
  readonly kind: "done" | "replayed";
  readonly before: Facts | null;
  readonly after: Facts | null;
};

/**
 * Does what a person decided, once for its key, and keeps who, why, and what stood before and after, in the caller's
 * transaction. `effect` returns the facts it changed. Throws invalid_input without a reason or where it or the key is too
 * long, and conflict where the key named another act.
 */
export async function actOnce(
  ctx: Ctx,
  tx: Queryable,
  act: Act,
  effect: () => Promise<{ readonly before: Facts | null; readonly after: Facts | null }>,
): Promise<ActOutcome> {
  const reason = act.reason.trim();
  if (reason === "") throw new AppError("invalid_input", "A reason is required.");
  if (reason.length > MAX_REASON)
    throw new AppError("invalid_input", `A reason has at most ${MAX_REASON} characters.`);
  if (act.key.length > MAX_KEY)
    throw new AppError("invalid_input", `A key has at most ${MAX_KEY} characters.`);
  const earlier = await claimKey(tx, act.orgId, act.key);
  if (earlier) {
    if (earlier.action !== act.action || !isDeepStrictEqual(earlier.input, act.input))
      throw new AppError("conflict", "This key was used before for something else.");
    return { kind: "replayed", before: earlier.before, after: earlier.after };
  }
  const changed = await effect();
  await insertAct(tx, {
    ...act,
    ...changed,
    reason,
    id: ctx.newId(),
    actor: actorName(ctx.actor),
    at: ctx.now(),
  });
  return { kind: "done", ...changed };
}
