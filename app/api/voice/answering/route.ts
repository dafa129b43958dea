import { getAnswering } from "@/lib/calls/get-answering";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** How the next call would be answered. */
export const GET = memberRoute("voice/answering", { act: ({ ctx, orgId }) => getAnswering(ctx, orgId) });
