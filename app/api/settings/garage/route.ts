import { z } from "zod";
import { closureShape, weekShape } from "@/lib/garage/garage-hours";
import { getGarageSettings, saveGarageSettings } from "@/lib/garage/garage-settings";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** What the garage says of itself. */
export const GET = memberRoute("settings/garage", { act: ({ ctx, orgId }) => getGarageSettings(ctx, orgId) });

/** Changes it, whole; answers with what is stored then. */
export const PUT = memberRoute("settings/save-garage", {
  body: z.object({
    name: z.string(),
    phone: z.string(),
    portalUrl: z.string(),
    week: weekShape.nullable(),
    closures: z.array(closureShape).max(1_000),
    services: z.array(z.string()).max(1_000),
    version: z.number().int(),
  }),
  limit: LIMITS.change,
  act: ({ ctx, orgId, body }) => saveGarageSettings(ctx, orgId, body),
});
