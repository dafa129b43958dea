"use server";

import { z } from "zod";
import { buyPack } from "@/lib/billing/buy-pack";
import { confirmCheckout } from "@/lib/billing/confirm-checkout";
import { LIMITS } from "@/lib/http/limits";
import { memberAction } from "@/lib/http/member-action";

const whole = z.number().int().positive();

/** Buy Now: where to pay. */
export const startCheckout = memberAction("billing/start-checkout", {
  input: z.object({ packId: z.uuid(), credits: whole, pricePence: whole }),
  limit: LIMITS.buy,
  act: async ({ ctx, orgId, input }) => ({
    kind: "redirect" as const,
    ...(await buyPack(ctx, orgId, input)),
  }),
});

/** Back from paying: paid once the ledger knows; otherwise Stripe's events will tell. */
export const confirmReturn = memberAction("billing/confirm-return", {
  // As Stripe names its sessions.
  input: z.string().regex(/^\w{1,255}$/),
  act: ({ ctx, orgId, input }) => confirmCheckout(ctx, orgId, input),
});
