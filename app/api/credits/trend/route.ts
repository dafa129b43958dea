import { memberContext } from "@/lib/auth/session";
import { getTrend } from "@/lib/credits/get-trend";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

/** Daily consumption of this cycle against the last. */
export const GET = route("credits/trend", async (request) => {
  const ctx = await memberContext(request.headers);
  return Response.json(await getTrend(ctx, ctx.actor.orgId));
});
