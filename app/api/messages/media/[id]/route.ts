import { fileResponse } from "@/lib/http/file-response";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { openMedia } from "@/lib/inbox/open-media";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** A file of a message, whole or a range of it; with `?download` it is saved rather than shown. */
export const GET = memberRoute("messages/media", {
  act: async ({ ctx, orgId, params, request }) =>
    fileResponse(request, await openMedia(ctx, orgId, uuidParam(params, "id"))),
});
