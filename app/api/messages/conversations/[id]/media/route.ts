import { fileOf } from "@/lib/http/file-body";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { receiveUpload } from "@/lib/inbox/receive-upload";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** A picture or a document for a reply to carry: the raw bytes, and its name in `?name=`. */
export const POST = memberRoute("messages/upload", {
  file: true,
  limit: LIMITS.upload,
  status: 201,
  act: ({ ctx, orgId, params, request }) =>
    receiveUpload(ctx, { orgId, conversationId: uuidParam(params, "id"), ...fileOf(request) }),
});
