import { memberContext } from "@/lib/auth/session";
import { getUsage } from "@/lib/credits/get-usage";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

/** This cycle’s usage by channel. */
export const GET = route("credits/usage", async (request) => {
  const ctx = await memberContext(request.headers);
  return Response.json(await getUsage(ctx, ctx.actor.orgId));
});
