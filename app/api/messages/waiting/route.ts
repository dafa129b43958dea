import { memberRoute } from "@/lib/http/member-route";
import { getWaiting } from "@/lib/inbox/get-waiting";

export const dynamic = "force-dynamic";

/** How many conversations want a person, and the latest of them. */
export const GET = memberRoute("messages/waiting", { act: ({ ctx, orgId }) => getWaiting(ctx, orgId) });
