import { type Ctx, requireSystem } from "@/lib/auth/context";
import { toE164 } from "@/lib/shared/phone-number";
import { isSharedNumber } from "./number-holders";
import { ownNumbersOf } from "./own-numbers";
import type { GarageCustomer } from "./records";
import { findCustomersByDigits } from "./store/records";

/** Customers are looked up by so many last digits: every number that can be dialled has as many. */
const COMPARED_DIGITS = 7;

/**
 * The one customer of a garage whose telephone number this is, for every channel: compared as E.164 however the record
 * writes it. Undefined where several customers share it, where it was seen with two user ids, and for the garage's own
 * numbers. For the system only.
 */
export async function customerBehind(
  ctx: Ctx,
  orgId: string,
  number: string | undefined,
): Promise<GarageCustomer | undefined> {
  requireSystem(ctx.actor);
  const wanted = toE164(number);
  if (wanted === undefined) return undefined;
  const [near, own, isShared] = await Promise.all([
    findCustomersByDigits(orgId, wanted.slice(-COMPARED_DIGITS)),
    ownNumbersOf(orgId),
    isSharedNumber(orgId, wanted),
  ]);
  if (own.has(wanted) || isShared) return undefined;
  const [customer, ...others] = near.filter(({ phone }) => toE164(phone ?? undefined) === wanted);
  return others.length === 0 ? customer : undefined;
}
