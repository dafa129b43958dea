"use server";

import { headers } from "next/headers";
import { z } from "zod";
import { type MemberCtx, memberContext } from "@/lib/auth/session";
import { buyPack } from "@/lib/billing/buy-pack";
import { confirmCheckout } from "@/lib/billing/confirm-checkout";
import { toAppError } from "@/lib/http/errors";
import { logger } from "@/lib/shared/logger";

export type CheckoutStart =
  | { readonly kind: "redirect"; readonly url: string }
  | { readonly kind: "refused"; readonly message: string };

/** What a verb throws must not leave an action as it is: the browser gets the words meant for people. */
async function act<T>(
  work: (ctx: MemberCtx) => Promise<T>,
): Promise<T | { kind: "refused"; message: string }> {
  try {
    return await work(await memberContext(await headers()));
  } catch (error) {
    const { code, status, message } = toAppError(error);
    if (status >= 500) logger().error({ err: error, code }, "a billing action failed");
    return { kind: "refused", message };
  }
}

const NOT_A_PACK = { kind: "refused", message: "This credit pack is no longer available." } as const;

/** Buy Now: where to pay. */
export async function startCheckout(packId: string): Promise<CheckoutStart> {
  const id = z.uuid().safeParse(packId);
  if (!id.success) return NOT_A_PACK;
  return act(async (ctx) => ({ kind: "redirect", ...(await buyPack(ctx, ctx.actor.orgId, id.data)) }));
}

/** Back from paying. True once the ledger knows; false where only Stripe's events will tell. */
export async function confirmReturn(sessionId: string): Promise<boolean> {
  const id = z.string().min(1).max(255).safeParse(sessionId);
  if (!id.success) return false;
  const confirmed = await act((ctx) => confirmCheckout(ctx, ctx.actor.orgId, id.data));
  return "status" in confirmed && confirmed.status === "paid";
}
