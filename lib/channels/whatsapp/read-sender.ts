import type { MessageSender } from "@/lib/inbox/core/message";
import { toE164 } from "@/lib/shared/phone-number";
import { visibleName } from "@/lib/shared/visible-text";
import { contact, type MetaMessage } from "./shapes";

/** What Meta says of the people a change is about, by either of their ids. */
export type People = (waId: string | undefined, bsuid: string | undefined) => Person;
type Person = { waId?: string; bsuid?: string; name?: string; username?: string };

const MAX_NAME = 200;

/** Contacts belong to messages by their ids, never by their place in the list. */
export function readPeople(contacts: readonly unknown[]): People {
  const people = new Map<string, Person>();
  for (const given of contacts) {
    const { wa_id: waId, user_id: bsuid, profile } = contact.parse(given);
    const person = named({ waId, bsuid }, profile.name, profile.username);
    if (waId !== undefined) people.set(`wa:${waId}`, person);
    if (bsuid !== undefined) people.set(`id:${bsuid}`, person);
  }
  return (waId, bsuid) => people.get(`id:${bsuid}`) ?? people.get(`wa:${waId}`) ?? {};
}

type Ids = { waId: string | undefined; bsuid: string | undefined };

function named({ waId, bsuid }: Ids, givenName = "", givenUsername = ""): Person {
  const name = visibleName(givenName)?.slice(0, MAX_NAME);
  const username = visibleName(givenUsername)?.slice(0, MAX_NAME);
  return {
    ...(waId !== undefined && { waId }),
    ...(bsuid !== undefined && { bsuid }),
    ...(name !== undefined && { name }),
    ...(username !== undefined && { username }),
  };
}

/** Who wrote; undefined where Meta names nobody. */
export function readSender(message: MetaMessage, people: People): MessageSender | undefined {
  return senderOf({ waId: message.from, bsuid: message.from_user_id }, people);
}

/** The customer to whom a message of the garage's own phone went. */
export function readEchoReceiver(message: MetaMessage, people: People): MessageSender | undefined {
  return senderOf({ waId: message.to, bsuid: message.to_user_id }, people);
}

/**
 * Who changed their number or was given another business-scoped id: known by what they were called before, with the new
 * names to be learnt. Source: Meta, "System messages webhook reference" and its changelog of August 2026.
 */
export function readChangedSender(message: MetaMessage): MessageSender | undefined {
  const { wa_id: newWaId, user_id: newBsuid, previous_user_id: oldBsuid } = message.system;
  const before = oldBsuid ?? message.from_user_id ?? message.from;
  const now = { waId: newWaId ?? message.from, bsuid: newBsuid ?? message.from_user_id };
  return senderOf(now, () => ({}), before);
}

/** Somebody by either of their ids; undefined where Meta names nobody. `before`: what they were called until now. */
export function senderOf(ids: Ids, people: People, before?: string): MessageSender | undefined {
  const person = people(ids.waId, ids.bsuid);
  const waId = ids.waId ?? person.waId;
  const bsuid = ids.bsuid ?? person.bsuid;
  const externalId = bsuid ?? waId ?? before;
  if (externalId === undefined) return undefined;
  const phone = phoneOf(waId);
  return {
    ...person,
    ...named({ waId, bsuid }, person.name, person.username),
    externalId,
    ...(before !== undefined && { formerly: before }),
    ...(phone && { phone }),
    canBeAnswered: true,
  };
}

/** Meta writes numbers without a plus; its old forms for Brazil and Mexico need not be anybody's number. */
const phoneOf = (waId: string | undefined): string | undefined =>
  waId !== undefined && /^\d+$/.test(waId) ? toE164(`+${waId}`) : undefined;
