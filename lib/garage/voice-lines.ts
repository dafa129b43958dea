import { ownNumbers } from "./phone-line";
import { readOwnIdentities, readVoiceIdentities } from "./store/profiles";

export type VoiceLines = {
  /** The provider's ids of the garage's numbers, to make calls from: those that are no telephone numbers themselves. */
  readonly ids: readonly string[];
  /** The garage's telephone and lines, E.164. */
  readonly ownNumbers: ReadonlySet<string>;
};

/** A garage's voice lines as they are stored now. */
export async function voiceLinesOf(orgId: string): Promise<VoiceLines> {
  const [voice, { phone, identities }] = await Promise.all([
    readVoiceIdentities(orgId),
    readOwnIdentities(orgId),
  ]);
  const own = ownNumbers(phone, identities);
  return { ids: voice.filter((identity) => !own.has(identity)), ownNumbers: own };
}
