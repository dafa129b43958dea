import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { InteractionKey } from "./interaction";
import { findStart, type StoredInteraction } from "./store/interactions";

/** The stored start of an interaction, and when it was settled; undefined where none was stored. */
export async function findInteraction(ctx: Ctx, key: InteractionKey): Promise<StoredInteraction | undefined> {
  requireSystem(ctx.actor);
  return findStart(key);
}
