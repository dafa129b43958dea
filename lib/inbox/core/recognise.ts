import { chooseContact, type KnownContact } from "./choose-contact";
import type { MessageSender } from "./message";

export type Recognised<Known extends KnownContact> = {
  /** Who it is; undefined for somebody new. */
  readonly contact: Known | undefined;
  /** Under which name somebody new is kept: whoever a shared number was first known for keeps its name. */
  readonly newName: string;
  /** That the sender's number was seen with their user id is news, to be kept. */
  readonly isNewHolder: boolean;
};

/**
 * Who a sender is, among the contacts that share one of their names. `holders`: the user ids with which their number was seen
 * before.
 */
export function recognise<Known extends KnownContact>(
  sender: MessageSender,
  known: readonly Known[],
  holders: readonly string[],
): Recognised<Known> {
  const { phone, waId, bsuid, formerly, externalId } = sender;
  const isTaken = known.some((one) => one.externalId === externalId);
  const newName = isTaken ? `number:${externalId}` : externalId;
  const isKnownPair = bsuid !== undefined && known.some((one) => one.bsuid === bsuid && one.waId === waId);
  if (phone === undefined || waId === undefined || isKnownPair)
    return { contact: chooseContact(sender, known, false), newName, isNewHolder: false };
  const seenWith = bsuid === undefined ? holders : [...holders.filter((id) => id !== formerly), bsuid];
  const contact = chooseContact(sender, known, new Set(seenWith).size > 1);
  return { contact, newName, isNewHolder: bsuid !== undefined };
}
