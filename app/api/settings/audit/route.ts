import { z } from "zod";
import { AUDIT_KINDS } from "@/lib/audit/audit-kinds";
import { listActs } from "@/lib/audit/list-acts";
import { memberRoute } from "@/lib/http/member-route";
import { limitOf, queryOf } from "@/lib/http/query";
import { day } from "@/lib/http/typed";

export const dynamic = "force-dynamic";

const QUERY = z.object({
  person: z.union([z.uuid(), z.literal("support")]).optional(),
  kind: z.enum(AUDIT_KINDS).optional(),
  from: day.optional(),
  to: day.optional(),
  cursor: z.string().optional(),
});

/** Who changed what, by pages, latest first: `?person=&kind=&from=&to=&cursor=&limit=`. */
export const GET = memberRoute("settings/audit", {
  act: ({ ctx, orgId, request }) =>
    listActs(ctx, orgId, { ...queryOf(request, QUERY), limit: limitOf(request, 50) }),
});
