import { z } from "zod";
import { testSenders } from "@/lib/channels/lines";
import { LIMITS } from "@/lib/http/limits";
import { lineKey } from "@/lib/http/line-key";
import { memberRoute } from "@/lib/http/member-route";
import { sendTestMessage } from "@/lib/lines/send-test-message";

export const dynamic = "force-dynamic";

/** Sends a test message by a line to a number that the member gives. */
export const POST = memberRoute("settings/test-line", {
  body: lineKey.extend({ to: z.string().max(40) }),
  limit: LIMITS.askProvider,
  act: ({ ctx, orgId, body }) => sendTestMessage(ctx, testSenders, { orgId, ...body }),
});
