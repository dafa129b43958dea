import { z } from "zod";
import { memberContext } from "@/lib/auth/session";
import { askDiagnostics, MAX_QUESTION } from "@/lib/diagnostics/ask";
import { listHistory } from "@/lib/diagnostics/list-history";
import { readJson } from "@/lib/http/read-json";
import { route } from "@/lib/http/route";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const question = z.object({ question: z.string().max(MAX_QUESTION), key: z.string().min(8).max(64) });

/** Asks; the answer streams as plain text. `x-query-mode` is full, degraded or repeated. */
export const POST = route("diagnostics", async (request) => {
  const ctx = await memberContext(request.headers);
  const asked = await askDiagnostics(ctx, { orgId: ctx.actor.orgId, ...(await readJson(request, question)) });
  const headers = {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "x-query-id": asked.queryId,
  };
  if (asked.kind === "answering") {
    const body = asked.text.pipeThrough(new TextEncoderStream());
    return new Response(body, { headers: { ...headers, "x-query-mode": "full" } });
  }
  return new Response(asked.text ?? "", { headers: { ...headers, "x-query-mode": asked.kind } });
});

/** The signed-in member's history. */
export const GET = route("diagnostics/history", async (request) => {
  const ctx = await memberContext(request.headers);
  return Response.json({ queries: await listHistory(ctx, ctx.actor.orgId) });
});
