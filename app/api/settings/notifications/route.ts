import { z } from "zod";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { chooseLetter } from "@/lib/mail/choose-letter";
import { getNotifications } from "@/lib/mail/get-notifications";

export const dynamic = "force-dynamic";

/** What reaches the member by email. */
export const GET = memberRoute("settings/notifications", {
  act: ({ ctx, orgId }) => getNotifications(ctx, orgId),
});

/** An owner switches one letter on or off for themselves. */
export const PUT = memberRoute("settings/choose-letter", {
  body: z.object({ letter: z.string().max(64), wanted: z.boolean() }),
  limit: LIMITS.change,
  act: ({ ctx, orgId, body }) => chooseLetter(ctx, orgId, body),
});
