import { toE164 } from "@/lib/shared/phone-number";
import { readOwnIdentities } from "./store/profiles";

const E164 = /^\+\d+$/;

/**
 * A garage's own telephone and its lines, as E.164. None of them is a customer's: a call or a text that seems to come
 * from one was forwarded or forged.
 */
export async function ownNumbers(orgId: string): Promise<ReadonlySet<string>> {
  const { phone, lines } = await readOwnIdentities(orgId);
  const telephone = toE164(phone ?? undefined);
  return new Set([...lines.filter((line) => E164.test(line)), ...(telephone ? [telephone] : [])]);
}
