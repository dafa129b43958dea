"use server";

import { z } from "zod";
import { buyPack } from "@/lib/billing/buy-pack";
import { choosePlan } from "@/lib/billing/choose-plan";
import { confirmCheckout } from "@/lib/billing/confirm-checkout";
import { confirmSubscription } from "@/lib/billing/confirm-subscription";
import { openPortal } from "@/lib/billing/open-portal";
import { refreshSubscription } from "@/lib/billing/refresh-subscription";
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

/** As Stripe names its sessions. */
const sessionId = z.string().regex(/^\w{1,255}$/);

/** Back from paying: paid once the ledger knows; otherwise Stripe's events will tell. */
export const confirmReturn = memberAction("billing/confirm-return", {
  input: sessionId,
  limit: LIMITS.askStripe,
  act: ({ ctx, orgId, input }) => confirmCheckout(ctx, orgId, input),
});

/** Upgrade Now: where to pay. */
export const startSubscription = memberAction("billing/start-subscription", {
  input: z.object({ bays: whole, interval: z.enum(["month", "year"]) }),
  limit: LIMITS.buy,
  act: async ({ ctx, orgId, input }) => ({
    kind: "redirect" as const,
    ...(await choosePlan(ctx, orgId, input)),
  }),
});

/** Back from paying for a plan: what became of it. */
export const confirmPlan = memberAction("billing/confirm-plan", {
  input: sessionId,
  limit: LIMITS.askStripe,
  act: ({ ctx, orgId, input }) => confirmSubscription(ctx, orgId, input),
});

/** Manage Subscription, Update Payment: Stripe's portal. */
export const openSubscriptionPortal = memberAction("billing/open-portal", {
  input: z.undefined(),
  limit: LIMITS.buy,
  act: async ({ ctx, orgId }) => ({ kind: "redirect" as const, ...(await openPortal(ctx, orgId)) }),
});

/** Back from the portal: has Stripe read, without waiting for its events. */
export const readSubscriptionAgain = memberAction("billing/read-subscription", {
  input: z.undefined(),
  limit: LIMITS.askStripe,
  act: ({ ctx, orgId }) => refreshSubscription(ctx, orgId),
});
