import { LIMITS } from "@/lib/http/limits";
import { lineKey } from "@/lib/http/line-key";
import { memberRoute } from "@/lib/http/member-route";
import { disconnectLine } from "@/lib/lines/disconnect-line";

export const dynamic = "force-dynamic";

/** A line serves the garage no longer. */
export const POST = memberRoute("settings/disconnect-line", {
  body: lineKey,
  limit: LIMITS.change,
  act: ({ ctx, orgId, body }) => disconnectLine(ctx, { orgId, ...body }),
});
