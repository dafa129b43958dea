import { OverdueBanner } from "@/components/billing/overdue-banner";
import { workspaceContext } from "@/lib/auth/workspace";
import { standingQuery } from "@/lib/billing/client";
import { getStanding } from "@/lib/billing/get-standing";
import { openSubscriptionPortal } from "./settings/billing/actions";
import { Prefetch } from "./settings/billing/prefetch";

/** The banner of an unpaid subscription, on every page: it is there with the page, not after it. */
export async function Overdue() {
  const { ctx, orgId } = await workspaceContext();
  return (
    <Prefetch queryKey={standingQuery().queryKey} read={() => getStanding(ctx, orgId)} log={ctx.log}>
      <OverdueBanner portal={openSubscriptionPortal.bind(null, orgId, undefined)} />
    </Prefetch>
  );
}
