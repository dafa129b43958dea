import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { AppError } from "@/lib/shared/errors";
import type { InteractionStart, StartInput } from "./interaction";
import { storeStart } from "./store/interactions";

export type StartOutcome = { readonly kind: "started" | "repeated"; readonly start: InteractionStart };

/**
 * Stores how an interaction starts, before any AI work. A repeat gets the first decision, whatever it brings.
 * Throws not_found for an organisation without an account.
 */
export async function startInteraction(ctx: Ctx, input: StartInput, tx?: Queryable): Promise<StartOutcome> {
  requireSystem(ctx.actor);
  const outcome = await storeStart(input, tx);
  if (outcome.kind === "no_account")
    throw new AppError("not_found", "This organisation has no credit account.");
  return outcome;
}
