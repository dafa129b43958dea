import { authorizeStaff, type Ctx } from "@/lib/auth/context";
import type { InteractionKey } from "./interaction";
import { findStored, type StoredInteraction } from "./store/interactions";

/** The stored start of an interaction, and when it was settled; undefined where none was stored. */
export async function findInteraction(ctx: Ctx, key: InteractionKey): Promise<StoredInteraction | undefined> {
  authorizeStaff(ctx.actor);
  return findStored(key);
}
