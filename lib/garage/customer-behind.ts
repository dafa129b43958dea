import { type Ctx, requireSystem } from "@/lib/auth/context";
import { toE164 } from "@/lib/shared/phone-number";
import { sharedNumbers } from "./number-holders";
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

/** The numbers (E.164) of these customers that are theirs alone, by the same rule. For the system only. */
export async function numbersAlone(
  ctx: Ctx,
  orgId: string,
  customers: readonly GarageCustomer[],
): Promise<string[]> {
  requireSystem(ctx.actor);
  const wanted = customers.flatMap(({ id, phone }) => {
    const number = toE164(phone ?? undefined);
    return number === undefined ? [] : [{ id, number }];
  });
  if (wanted.length === 0) return [];
  const numbers = wanted.map(({ number }) => number);
  const known = await knownOf(orgId, numbers, (digits) => findCustomersByDigits(orgId, digits));
  return wanted.flatMap(({ id, number }) => (whose(number, known).customer?.id === id ? [number] : []));
}

async function behind<Customer extends GarageCustomer>(
  orgId: string,
  number: string | undefined,
  findNear: (lastDigits: readonly string[]) => Promise<Customer[]>,
): Promise<Behind<Customer>> {
  const wanted = toE164(number);
  return wanted === undefined ? NOBODY : whose(wanted, await knownOf(orgId, [wanted], findNear));
}

type Known<Customer> = {
  readonly near: readonly { readonly customer: Customer; readonly number: string | undefined }[];
  readonly own: ReadonlySet<string>;
  readonly shared: ReadonlySet<string>;
};

/** What decides whose these numbers are. */
async function knownOf<Customer extends GarageCustomer>(
  orgId: string,
  numbers: readonly string[],
  findNear: (lastDigits: readonly string[]) => Promise<Customer[]>,
): Promise<Known<Customer>> {
  const [near, own, shared] = await Promise.all([
    findNear(numbers.map((number) => number.slice(-COMPARED_DIGITS))),
    ownNumbersOf(orgId),
    sharedNumbers(orgId, numbers),
  ]);
  return {
    near: near.map((customer) => ({ customer, number: toE164(customer.phone ?? undefined) })),
    own,
    shared,
  };
}

function whose<Customer>(wanted: string, { near, own, shared }: Known<Customer>): Behind<Customer> {
  if (own.has(wanted)) return NOBODY;
  const [one, ...others] = near.filter(({ number }) => number === wanted);
  if (shared.has(wanted) || others.length > 0) return { ...NOBODY, shared: true };
  return { customer: one?.customer, shared: false, personal: wanted };
}

const NOBODY = { customer: undefined, shared: false, personal: undefined } as const;

/** What a channel tells of somebody who writes: their number (E.164) and WhatsApp's user id. */
export type Writer = { readonly phone: string | null; readonly userId: string | null };

/** Whether two who write are the same: by their user id, or by a number that is one person's (`personal`, above). */
export const isSamePerson = (one: Writer, other: Writer, personal: string | undefined): boolean =>
  (one.userId !== null && one.userId === other.userId) ||
  (personal !== undefined && one.phone === personal && other.phone === personal);
