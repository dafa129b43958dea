import { z } from "zod";
import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { moment } from "@/lib/http/typed";
import { markRead } from "@/lib/inbox/mark-read";

export const dynamic = "force-dynamic";

/** The member has read what the conversation showed: its `readTo`. */
export const POST = memberRoute("messages/read", {
  body: z.object({ to: moment }),
  act: ({ ctx, orgId, params, body }) => markRead(ctx, orgId, uuidParam(params, "id"), body.to),
});
