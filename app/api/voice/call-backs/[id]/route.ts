import { z } from "zod";
import { memberContext } from "@/lib/auth/session";
import { markCallBack } from "@/lib/calls/call-backs";
import { uuidParam } from "@/lib/http/params";
import { readJson } from "@/lib/http/read-json";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

/** `{ done }`: rung back, or not after all. */
export const POST = route("voice/call-back", async (request, { params }) => {
  const ctx = await memberContext(request.headers);
  const { done } = await readJson(request, z.object({ done: z.boolean() }));
  await markCallBack(ctx, ctx.actor.orgId, uuidParam(params, "id"), done);
  return new Response(null, { status: 204 });
});
