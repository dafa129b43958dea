import { memberContext } from "@/lib/auth/session";
import { getSubscription } from "@/lib/billing/get-subscription";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

/** The subscription card. */
export const GET = route("billing/subscription", async (request) => {
  const ctx = await memberContext(request.headers);
  return Response.json(await getSubscription(ctx, ctx.actor.orgId));
});
