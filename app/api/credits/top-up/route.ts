import { z } from "zod";
import { getTopUp } from "@/lib/billing/get-top-up";
import { disableTopUp, saveTopUp } from "@/lib/billing/save-top-up";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** Auto top-up as it is configured and as it stands. */
export const GET = memberRoute("credits/top-up", { act: ({ ctx, orgId }) => getTopUp(ctx, orgId) });

const off = z.object({ enabled: z.literal(false) });
const on = z.object({
  enabled: z.literal(true),
  threshold: z.number(),
  packId: z.uuid(),
  monthlyLimitPence: z.number().nullable().default(null),
  /** The words agreed to: without them nothing is switched on. */
  confirmed: z.string().max(1_000),
  version: z.number().int().nonnegative().optional(),
});

/** Switches it on as confirmed, changes it, or switches it off. */
export const PUT = memberRoute("credits/save-top-up", {
  body: z.discriminatedUnion("enabled", [off, on]),
  limit: ({ enabled }) => (enabled ? LIMITS.buy : LIMITS.switchOff),
  act: ({ ctx, orgId, body }) => (body.enabled ? saveTopUp(ctx, orgId, body) : disableTopUp(ctx, orgId)),
});
