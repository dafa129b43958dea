import { z } from "zod";
import { askDiagnostics, MAX_QUESTION } from "@/lib/diagnostics/ask";
import { listHistory } from "@/lib/diagnostics/list-history";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { clientKey, typedText } from "@/lib/http/typed";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Asks; the answer streams as plain text. `x-query-mode` is full, degraded or repeated. */
export const POST = memberRoute("diagnostics", {
  limit: LIMITS.question,
  body: z.object({ question: typedText(MAX_QUESTION), key: clientKey }),
  act: async ({ ctx, orgId, body }) => {
    const asked = await askDiagnostics(ctx, { orgId, ...body });
    const headers = { "content-type": "text/plain; charset=utf-8", "x-query-id": asked.queryId };
    if (asked.kind !== "answering")
      return new Response(asked.text ?? "", { headers: { ...headers, "x-query-mode": asked.kind } });
    const text = asked.text.pipeThrough(new TextEncoderStream());
    return new Response(text, { headers: { ...headers, "x-query-mode": "full" } });
  },
});

/** The signed-in member's history. */
export const GET = memberRoute("diagnostics/history", {
  act: async ({ ctx, orgId }) => ({ queries: await listHistory(ctx, orgId) }),
});
