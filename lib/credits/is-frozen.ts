import { type Ctx, requireSystem } from "@/lib/auth/context";
import { readFacts } from "./store/facts";

/** Whether support has stopped an organisation's AI. False where there is no account. */
export async function isFrozen(ctx: Ctx, orgId: string): Promise<boolean> {
  requireSystem(ctx.actor);
  return (await readFacts(orgId))?.frozen ?? false;
}
