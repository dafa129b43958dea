import { z } from "zod";
import { lineProviders } from "@/lib/channels/lines";
import { LIMITS } from "@/lib/http/limits";
import { lineKey } from "@/lib/http/line-key";
import { memberRoute } from "@/lib/http/member-route";
import { connectLine } from "@/lib/lines/connect-line";

export const dynamic = "force-dynamic";

/** Connects an assigned line, or mends a connected one. */
export const POST = memberRoute("settings/connect-line", {
  body: lineKey.extend({ takeOver: z.boolean().default(false) }),
  limit: LIMITS.askProvider,
  act: ({ ctx, orgId, body }) => connectLine(ctx, lineProviders, { orgId, ...body }),
});
