import { z } from "zod";
import { getTestCalls, startTestCall } from "@/lib/calls/start-test-call";
import { voiceProvider } from "@/lib/channels/voice/provider-api";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** The latest test call, what customers would hear now, and whether there is a line to ring from. */
export const GET = memberRoute("settings/test-call", { act: ({ ctx, orgId }) => getTestCalls(ctx, orgId) });

/** Rings a member's own telephone with the garage's assistant. `id` is the wish's own: sent again, it rings once. */
export const POST = memberRoute("settings/start-test-call", {
  body: z.object({ id: z.uuid(), number: z.string().max(40), line: z.string().max(200).optional() }),
  act: ({ ctx, orgId, body }) => startTestCall(ctx, { orgId, ...body }, voiceProvider),
});
