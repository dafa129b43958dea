import { memberContext } from "@/lib/auth/session";
import { route } from "@/lib/http/route";
import { eventStream } from "@/lib/notify/event-stream";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Live events of the signed-in member's organisation: that something changed, never what. */
export const GET = route("events", async (request) => {
  const { actor } = await memberContext(request.headers);
  return new Response(eventStream(actor.orgId, actor.role, request.signal), {
    headers: {
      "content-type": "text/event-stream",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  });
});
