import { type Ctx, requireSystem } from "@/lib/auth/context";
import { customerBehind } from "./customer-behind";
import type { GarageCustomer } from "./records";
import { findOwner } from "./store/records";

/** What a caller can show of themselves. */
export type Claim = {
  /** E.164, from the provider and never from what was said. */
  readonly callerNumber: string | undefined;
  readonly registration: string | undefined;
  readonly surname: string | undefined;
};

/**
 * The customer whose record a caller may hear: the one whose number they call from, or whose registration and surname
 * they give. Undefined for everybody else, whether there is such a record or not. For the system only.
 */
export async function findOwnCustomer(
  ctx: Ctx,
  orgId: string,
  { callerNumber, registration, surname }: Claim,
): Promise<GarageCustomer | undefined> {
  requireSystem(ctx.actor);
  const caller = await customerBehind(ctx, orgId, callerNumber);
  if (registration === undefined) return caller;
  const owner = await findOwner(orgId, registration);
  if (!owner) return undefined;
  const proven = caller?.id === owner.id || (surname !== undefined && isSurnameOf(owner.name, surname));
  return proven ? owner : undefined;
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
