import { memberContext } from "@/lib/auth/session";
import { listPacks } from "@/lib/billing/list-packs";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

/** The credit packs on offer. */
export const GET = route("billing/packs", async (request) => {
  const ctx = await memberContext(request.headers);
  return Response.json(await listPacks(ctx, ctx.actor.orgId));
});
