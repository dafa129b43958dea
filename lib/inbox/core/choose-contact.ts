import type { MessageSender } from "./message";

export type KnownContact = {
  readonly id: string;
  readonly externalId: string;
  readonly waId: string | null;
  readonly bsuid: string | null;
};

/**
 * Which contact a sender is, among those that share one of the sender's names; undefined for somebody new. A user id is a
 * person: another id is another person, though the number is the same. A number alone is whoever is known by it, if that
 * is one person. `numberIsShared`: the number has been seen with two user ids, so that it names nobody by itself.
 */
export function chooseContact<Known extends KnownContact>(
  sender: MessageSender,
  known: readonly Known[],
  numberIsShared: boolean,
): Known | undefined {
  const { bsuid, waId, formerly, externalId } = sender;
  const called = (name: string) => known.find((one) => one.bsuid === name || one.externalId === name);
  const numbered = (name: string) => known.filter((one) => one.waId === name);
  if (formerly !== undefined) {
    const before = called(formerly) ?? only(numbered(formerly));
    if (before) return before;
  }
  if (bsuid !== undefined && called(bsuid)) return called(bsuid);
  if (waId === undefined) return called(externalId);
  const byNumber = numbered(waId);
  const ids = new Set([...byNumber.map((one) => one.bsuid), bsuid].filter((id) => id != null));
  // The number's own contact, which no user id has claimed, is adopted by the first id that comes with it.
  if (numberIsShared || ids.size > 1) return bsuid === undefined ? byNumber.find(hasNoId) : undefined;
  return only(bsuid === undefined ? byNumber : byNumber.filter(hasNoId));
}

const hasNoId = ({ bsuid }: KnownContact): boolean => bsuid === null;

/** The one there is; undefined where there are several. */
const only = <Known>(contacts: readonly Known[]): Known | undefined =>
  contacts.length === 1 ? contacts[0] : undefined;
