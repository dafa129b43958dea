import { type Ctx, requireMember } from "@/lib/auth/context";
import type { SubscriptionState } from "./core/subscription";
import { readAccount } from "./store/account";

/** The state of the organisation's subscription, which every member may know. */
export async function getSubscriptionState(ctx: Ctx, orgId: string): Promise<SubscriptionState> {
  requireMember(ctx.actor, orgId, null);
  return (await readAccount(orgId)).state;
}
