import { type Ctx, requireSystem } from "@/lib/auth/context";
import { termsOf } from "./core/subscription";
import { readFacts } from "./store/facts";

/** Whether an organisation gets no mail about credits: it is frozen, a demonstration, or has no account. */
export async function isSilenced(ctx: Ctx, orgId: string): Promise<boolean> {
  requireSystem(ctx.actor);
  const facts = await readFacts(orgId);
  return !facts || facts.frozen || termsOf(facts.state).gate === "nothing";
}
