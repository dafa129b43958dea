import { type Ctx, requireSystem } from "@/lib/auth/context";
import { latestCallAt } from "./store/call-log";

/** When a garage was last called; null where it never was. For the system only. */
export async function lastCallAt(ctx: Ctx, orgId: string): Promise<Date | null> {
  requireSystem(ctx.actor);
  return latestCallAt(orgId);
}
