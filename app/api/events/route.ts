import { memberContext } from "@/lib/auth/session";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { eventStream } from "@/lib/notify/event-stream";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Live events of the signed-in member's organisation: that something changed, never what. */
export const GET = memberRoute("events", {
  limit: LIMITS.liveStream,
  act: ({ ctx, orgId, request }) => {
    const since = Number(new URL(request.url).searchParams.get("since")) || 0;
    const { signal, headers } = request;
    const roleNow = async () => (await memberContext(headers, orgId)).actor.role;
    return new Response(eventStream(ctx.actor, { signal, roleNow, since }), {
      headers: {
        "content-type": "text/event-stream",
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
      },
    });
  },
});
