import type { Ctx } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { isSharedNumber, noteNumberHolder } from "@/lib/garage/number-holders";
import { chooseContact, type KnownContact } from "./core/choose-contact";
import type { ConversationChannel, MessageSender } from "./core/message";
import { completeContact, insertContact, listNamesakes, type StoredContact } from "./store/contacts";
import { type LockedConversation, lockContactConversation } from "./store/conversations";

export type Arriving = {
  readonly orgId: string;
  readonly channel: ConversationChannel;
  readonly sender: MessageSender;
  /** Which of our numbers it came to. */
  readonly identity: string;
  readonly at: Date;
};

export type OpenConversation = {
  readonly contact: StoredContact;
  /** `isNew`: nothing was said in it before. */
  readonly conversation: LockedConversation & { readonly isNew: boolean };
};

/** The sender's contact and conversation, made or completed where that is needed, and locked in this order. */
export async function openConversation(
  tx: Queryable,
  ctx: Ctx,
  arriving: Arriving,
): Promise<OpenConversation> {
  const contact = (await openContact(tx, ctx, arriving)) ?? (await openContact(tx, ctx, arriving));
  if (!contact) throw new Error("a contact could be neither made nor found");
  const { orgId, channel, identity, at } = arriving;
  const opening = { orgId, newId: ctx.newId(), contactId: contact.id, channel, identity, at };
  return { contact, conversation: await lockContactConversation(tx, opening) };
}

/** Undefined where somebody else made the same contact at this moment: then it can be found. */
async function openContact(
  tx: Queryable,
  ctx: Ctx,
  { orgId, channel, sender }: Arriving,
): Promise<StoredContact | undefined> {
  const namesakes = await listNamesakes(tx, orgId, channel, sender);
  const known = chooseContact(sender, namesakes, await learnNumber(tx, ctx, orgId, sender, namesakes));
  if (known) return completeContact(tx, orgId, known.id, sender);
  // The contact for whom a shared number was first known keeps the number's name.
  const isTaken = namesakes.some(({ externalId }) => externalId === sender.externalId);
  const externalId = isTaken ? `number:${sender.externalId}` : sender.externalId;
  return insertContact(tx, {
    orgId,
    id: ctx.newId(),
    channel,
    sender: { ...sender, externalId },
    at: ctx.now(),
  });
}

/** Keeps that the sender's number was seen with their user id, where that is news; returns whether two ids have it. */
async function learnNumber(
  tx: Queryable,
  ctx: Ctx,
  orgId: string,
  { phone: number, waId, bsuid: userId, formerly }: MessageSender,
  namesakes: readonly KnownContact[],
): Promise<boolean> {
  if (number === undefined || waId === undefined) return false;
  if (userId !== undefined) {
    if (namesakes.some((one) => one.bsuid === userId && one.waId === waId)) return false;
    await noteNumberHolder(tx, { orgId, number, userId, formerly, at: ctx.now() });
  }
  return isSharedNumber(orgId, number, tx);
}
