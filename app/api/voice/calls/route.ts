import { readCallsAsked } from "@/lib/calls/calls-asked";
import { listCalls } from "@/lib/calls/list-calls";
import { memberRoute } from "@/lib/http/member-route";
import { limitOf } from "@/lib/http/query";

export const dynamic = "force-dynamic";

/** The call log by pages, latest first: `?filter=&search=&cursor=&limit=`. */
export const GET = memberRoute("voice/calls", {
  act: ({ ctx, orgId, request }) =>
    listCalls(ctx, orgId, {
      ...readCallsAsked(new URL(request.url).searchParams),
      limit: limitOf(request, 50),
    }),
});
