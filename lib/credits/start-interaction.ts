import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { AppError } from "@/lib/shared/errors";
import type { InteractionKey, InteractionStart } from "./interaction";
import { findStart, insertStart } from "./store/interactions";

export type StartInput = InteractionKey & { readonly start: InteractionStart };

export type StartOutcome = { readonly kind: "started" | "repeated"; readonly start: InteractionStart };

/**
 * Stores how an interaction starts, before any AI work. A repeat gets the first decision, whatever it brings.
 * Throws not_found for an organisation without an account.
 */
export async function startInteraction(ctx: Ctx, input: StartInput, tx?: Queryable): Promise<StartOutcome> {
  requireSystem(ctx.actor);
  const started = await insertStart(input, input.start, tx);
  if (started) return { kind: "started", start: started };
  const stored = await findStart(input, tx);
  if (!stored) throw new AppError("not_found", "This organisation has no credit account.");
  return { kind: "repeated", start: stored };
}
