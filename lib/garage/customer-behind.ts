import { type Ctx, requireSystem } from "@/lib/auth/context";
import { toE164 } from "@/lib/shared/phone-number";
import { isSharedNumber } from "./number-holders";
import { ownNumbersOf } from "./own-numbers";
import type { CustomerRecord, GarageCustomer } from "./records";
import { findRecordsByDigits } from "./store/customer-record";
import { findCustomersByDigits } from "./store/records";

/** Customers are looked up by so many last digits: every number that can be dialled has as many. */
const COMPARED_DIGITS = 7;

/** Whom a telephone number tells of. */
type Behind<Customer> = {
  readonly customer: Customer | undefined;
  /** Several customers have it, or it was seen with two user ids: nobody can tell whose it is. */
  readonly shared: boolean;
  /** E.164, where the number is one person's, whether the garage has a record of them or not. */
  readonly personal: string | undefined;
};

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
  return (await behind(orgId, number, (digits) => findCustomersByDigits(orgId, digits))).customer;
}

/** By the same rule, their record with vehicles and what comes next, and whom the number tells of. For the system only. */
export async function recordBehind(
  ctx: Ctx,
  orgId: string,
  number: string | undefined,
): Promise<Behind<CustomerRecord>> {
  requireSystem(ctx.actor);
  return behind(orgId, number, (digits) => findRecordsByDigits(orgId, digits, ctx.now()));
}

async function behind<Customer extends GarageCustomer>(
  orgId: string,
  number: string | undefined,
  findNear: (lastDigits: string) => Promise<Customer[]>,
): Promise<Behind<Customer>> {
  const wanted = toE164(number);
  if (wanted === undefined) return NOBODY;
  const [near, own, hasTwoHolders] = await Promise.all([
    findNear(wanted.slice(-COMPARED_DIGITS)),
    ownNumbersOf(orgId),
    isSharedNumber(orgId, wanted),
  ]);
  if (own.has(wanted)) return NOBODY;
  const [customer, ...others] = near.filter(({ phone }) => toE164(phone ?? undefined) === wanted);
  if (hasTwoHolders || others.length > 0) return { ...NOBODY, shared: true };
  return { customer, shared: false, personal: wanted };
}

const NOBODY = { customer: undefined, shared: false, personal: undefined } as const;

/** What a channel tells of somebody who writes: their number (E.164) and WhatsApp's user id. */
export type Writer = { readonly phone: string | null; readonly userId: string | null };

/** Whether two who write are the same: by their user id, or by a number that is one person's (`personal`, above). */
export const isSamePerson = (one: Writer, other: Writer, personal: string | undefined): boolean =>
  (one.userId !== null && one.userId === other.userId) ||
  (personal !== undefined && one.phone === personal && other.phone === personal);
