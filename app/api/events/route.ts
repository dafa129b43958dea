import { memberRoute } from "@/lib/http/member-route";
import { eventStream } from "@/lib/notify/event-stream";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Live events of the signed-in member's organisation: that something changed, never what. */
export const GET = memberRoute("events", {
  act: ({ ctx, orgId, request }) =>
    new Response(eventStream(orgId, ctx.actor.role, request.signal), {
      headers: {
        "content-type": "text/event-stream",
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
      },
    }),
});
