import { ownNumbers } from "./phone-line";
import { readOwnIdentities, readVoiceIdentities } from "./store/profiles";

/** Whether calls can be made from a garage's number: support assigns it, then an owner connects it. */
export type PhoneStanding = "none" | "assigned" | "connected";

export type VoiceLines = {
  readonly standing: PhoneStanding;
  /** The provider's ids of the connected numbers, to make calls from: those that are no telephone numbers themselves. */
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
  const ids = voice.flatMap(({ identity, connected }) => (connected && !own.has(identity) ? [identity] : []));
  const standing = ids.length > 0 ? "connected" : voice.length > 0 ? "assigned" : "none";
  return { standing, ids, ownNumbers: own };
}
