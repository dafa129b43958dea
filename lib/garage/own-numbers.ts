import { ownNumbers } from "./phone-line";
import { readOwnIdentities } from "./store/profiles";

/** The garage's own telephone and its lines, as E.164, as they are stored now. */
export async function ownNumbersOf(orgId: string): Promise<ReadonlySet<string>> {
  const { phone, identities } = await readOwnIdentities(orgId);
  return ownNumbers(phone, identities);
}
