import { memberRoute } from "@/lib/http/member-route";
import { uuidParam } from "@/lib/http/params";
import { getCustomer } from "@/lib/inbox/get-customer";

export const dynamic = "force-dynamic";

/** Who writes in a conversation, and what the garage knows of them. */
export const GET = memberRoute("messages/customer", {
  act: ({ ctx, orgId, params }) => getCustomer(ctx, orgId, uuidParam(params, "id")),
});
