import { toE164 } from "@/lib/shared/phone-number";
import type { GarageHours } from "./garage-hours";
import type { Persona } from "./persona";

/** A garage as its callers meet it. */
export type PhoneLine = {
  readonly orgId: string;
  readonly orgName: string;
  /** The garage's own telephone, as it is written. */
  readonly phone: string | undefined;
  readonly portalUrl: string | undefined;
  readonly services: readonly string[];
  readonly hours: GarageHours;
  readonly persona: Persona;
  /** Where its calls stand on the latency ladder: 0 full, 1 faster model, 2 no tools. */
  readonly latencyLevel: 0 | 1 | 2;
  /** The garage's telephone and lines, E.164. */
  readonly ownNumbers: ReadonlySet<string>;
};

const E164 = /^\+\d+$/;

/**
 * A garage's telephone, as it is written, and those of its providers' identities that are numbers, as E.164. None of them
 * is a customer's: a call or a text that seems to come from one was forwarded or forged.
 */
export function ownNumbers(phone: string | null, identities: readonly string[]): ReadonlySet<string> {
  const telephone = toE164(phone ?? undefined);
  return new Set([...identities.filter((one) => E164.test(one)), ...(telephone ? [telephone] : [])]);
}
