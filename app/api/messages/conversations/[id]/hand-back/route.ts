import { memberContext } from "@/lib/auth/session";
import { uuidParam } from "@/lib/http/params";
import { route } from "@/lib/http/route";
import { handBack } from "@/lib/inbox/hand-back";

export const dynamic = "force-dynamic";

/** The AI answers again, from the customer's next message on. */
export const POST = route("messages/hand-back", async (request, { params }) => {
  const ctx = await memberContext(request.headers);
  await handBack(ctx, ctx.actor.orgId, uuidParam(params, "id"));
  return new Response(null, { status: 204 });
});
