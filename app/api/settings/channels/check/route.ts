import { z } from "zod";
import { lineProviders } from "@/lib/channels/lines";
import { LIMITS } from "@/lib/http/limits";
import { lineKey } from "@/lib/http/line-key";
import { memberRoute } from "@/lib/http/member-route";
import { checkLine } from "@/lib/lines/check-line";

export const dynamic = "force-dynamic";

/** Asks a line's provider how it stands. */
export const POST = memberRoute("settings/check-line", {
  body: lineKey.extend({ again: z.boolean().default(false) }),
  limit: LIMITS.askProvider,
  act: ({ ctx, orgId, body }) => checkLine(ctx, lineProviders, { orgId, ...body }),
});
