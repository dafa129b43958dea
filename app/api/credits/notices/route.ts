import { memberContext } from "@/lib/auth/session";
import { getNotices } from "@/lib/credits/get-notices";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

/** The warning and degradation banners. */
export const GET = route("credits/notices", async (request) => {
  const ctx = await memberContext(request.headers);
  return Response.json(await getNotices(ctx, ctx.actor.orgId));
});
