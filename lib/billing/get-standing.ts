import { type Ctx, requireMember } from "@/lib/auth/context";
import { ROLE_PERMISSIONS } from "@/lib/auth/permissions";
import { getSubscriptionState } from "@/lib/credits/get-subscription-state";
import { readUnpaid } from "./amount-due";
import { findCustomerId } from "./store/customers";
import { subscriptionsOf } from "./store/subscriptions";
import { supportUrl } from "./support-url";

export type StandingDto = {
  /** The subscription is unpaid. */
  readonly overdue: boolean;
  /** It is overdue because Stripe has paused it: there is nothing to pay, and support resumes it. */
  readonly paused: boolean;
  /** Where this member can have it mended: Stripe's portal, or Torqueflow support; null: only the account owner can. */
  readonly update: "portal" | "support" | null;
  readonly supportUrl: string;
};

/** Whether the subscription is paid, which every member is told, and what this one can do about it. */
export async function getStanding(ctx: Ctx, orgId: string): Promise<StandingDto> {
  const { role } = requireMember(ctx.actor, orgId, null);
  const overdue = (await getSubscriptionState(ctx, orgId)) === "past_due";
  if (!overdue) return { overdue, paused: false, update: null, supportUrl: supportUrl() };
  const { paused } = await readUnpaid(orgId, await subscriptionsOf(orgId), ctx.now());
  const manages = ROLE_PERMISSIONS[role].includes("billing.manage");
  const pays = manages && !paused && (await findCustomerId(orgId)) !== undefined;
  const update = pays ? "portal" : manages ? "support" : null;
  return { overdue, paused, update, supportUrl: supportUrl() };
}
