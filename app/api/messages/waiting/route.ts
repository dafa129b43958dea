import { memberContext } from "@/lib/auth/session";
import { route } from "@/lib/http/route";
import { getWaiting } from "@/lib/inbox/get-waiting";

export const dynamic = "force-dynamic";

/** How many conversations want a person, and the latest of them. */
export const GET = route("messages/waiting", async (request) => {
  const ctx = await memberContext(request.headers);
  return Response.json(await getWaiting(ctx, ctx.actor.orgId));
});
