import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { fetchMediaAgain } from "@/lib/inbox/fetch-media-again";

export const dynamic = "force-dynamic";

/** Queues the fetching of a file that has failed. */
export const POST = memberRoute("messages/media-fetch", {
  limit: LIMITS.fetchMedia,
  act: ({ ctx, orgId, params }) => fetchMediaAgain(ctx, orgId, uuidParam(params, "id")),
});
