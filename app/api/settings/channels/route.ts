import { memberRoute } from "@/lib/http/member-route";
import { listLines } from "@/lib/lines/list-lines";

export const dynamic = "force-dynamic";

/** The garage's lines, as they stood when their providers were last asked. */
export const GET = memberRoute("settings/channels", { act: ({ ctx, orgId }) => listLines(ctx, orgId) });
