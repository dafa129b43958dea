import { type Ctx, requireMember } from "@/lib/auth/context";
import { ROLE_PERMISSIONS } from "@/lib/auth/permissions";
import { getSubscriptionState } from "@/lib/credits/get-subscription-state";
import { findCustomerId } from "./store/customers";
import { supportUrl } from "./support-url";

export type StandingDto = {
  /** The subscription is unpaid. */
  readonly overdue: boolean;
  /** Where this member can pay: Stripe's portal, or with Torqueflow support; null: only the account owner can. */
  readonly update: "portal" | "support" | null;
  readonly supportUrl: string;
};

/** Whether the subscription is paid, which every member is told, and what this one can do about it. */
export async function getStanding(ctx: Ctx, orgId: string): Promise<StandingDto> {
  const { role } = requireMember(ctx.actor, orgId, null);
  const overdue = (await getSubscriptionState(ctx, orgId)) === "past_due";
  const manages = ROLE_PERMISSIONS[role].includes("billing.manage");
  const update = overdue && manages ? ((await findCustomerId(orgId)) ? "portal" : "support") : null;
  return { overdue, update, supportUrl: supportUrl() };
}
