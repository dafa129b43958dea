import { type Ctx, requireSupport } from "@/lib/auth/context";
import { type PaymentConcern, paymentConcerns } from "./store/payments";

/** Payments that support must look at: another amount or currency than was ordered, or an open dispute. */
export async function listPaymentConcerns(ctx: Ctx, limit: number): Promise<PaymentConcern[]> {
  requireSupport(ctx.actor);
  return paymentConcerns(limit);
}
