import { toE164 } from "@/lib/shared/phone-number";
import { findCustomersByDigits, findVehicle, type GarageCustomer } from "./store/records";

/** What a caller can show of themselves. */
export type Claim = {
  readonly orgId: string;
  /** E.164, from the provider. */
  readonly callerNumber: string | undefined;
  readonly registration?: string | undefined;
  readonly surname?: string | undefined;
};

const COMPARED_DIGITS = 9;

/**
 * The customer a caller may hear about: the one whose number they call from, or whose registration and surname they
 * give. Undefined for everybody else, whether the record exists or not.
 */
export async function findOwnCustomer(claim: Claim): Promise<GarageCustomer | undefined> {
  const { orgId, callerNumber, registration, surname } = claim;
  if (registration === undefined) {
    const callers = await customersCallingFrom(orgId, callerNumber);
    return callers.length === 1 ? callers[0] : undefined;
  }
  const customer = (await findVehicle(orgId, registration))?.customer;
  if (!customer) return undefined;
  const known = callerNumber !== undefined && toE164(customer.phone ?? undefined) === callerNumber;
  return known || (surname !== undefined && isSurnameOf(customer.name, surname)) ? customer : undefined;
}

async function customersCallingFrom(
  orgId: string,
  callerNumber: string | undefined,
): Promise<GarageCustomer[]> {
  if (callerNumber === undefined) return [];
  const near = await findCustomersByDigits(orgId, callerNumber.slice(-COMPARED_DIGITS));
  return near.filter((customer) => toE164(customer.phone ?? undefined) === callerNumber);
}

/** Accents, capitals, hyphens and spaces aside; the last word of the name, or all after the first ("van Dyke"). */
function isSurnameOf(name: string, surname: string): boolean {
  const [, ...rest] = name.trim().split(/\s+/);
  const given = plain(surname);
  return (
    given.length > 1 &&
    (given === plain(rest.join("")) || given === plain(rest.at(-1) ?? "") || given === plain(name))
  );
}

const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{Letter}]/gu, "");
