import { memberContext } from "@/lib/auth/session";
import { listPurchases } from "@/lib/billing/list-purchases";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

/** Past pack purchases. */
export const GET = route("credits/purchases", async (request) => {
  const ctx = await memberContext(request.headers);
  return Response.json({ purchases: await listPurchases(ctx, ctx.actor.orgId) });
});
