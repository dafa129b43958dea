import { z } from "zod";
import { memberContext } from "@/lib/auth/session";
import { uuidParam } from "@/lib/http/params";
import { readJson } from "@/lib/http/read-json";
import { route } from "@/lib/http/route";
import { MAX_REPLY, reply } from "@/lib/inbox/reply";

export const dynamic = "force-dynamic";

const shape = z.object({ body: z.string().max(MAX_REPLY.whatsapp), key: z.string().min(8).max(64) });

/** The member's own words to the customer; the same key sends once. */
export const POST = route("messages/reply", async (request, { params }) => {
  const ctx = await memberContext(request.headers);
  const { body, key } = await readJson(request, shape);
  const conversationId = uuidParam(params, "id");
  return Response.json(await reply(ctx, { orgId: ctx.actor.orgId, conversationId, body, key }), {
    status: 202,
  });
});
