import { getFirstRun } from "@/lib/first-run/get-first-run";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** How far the garage has come with its first steps. */
export const GET = memberRoute("first-run", { act: ({ ctx, orgId }) => getFirstRun(ctx, orgId) });
