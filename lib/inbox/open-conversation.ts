import type { Ctx } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { holdersOf, noteNumberHolder } from "@/lib/garage/number-holders";
import type { ConversationChannel, MessageSender } from "./core/message";
import { recognise } from "./core/recognise";
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
  const { phone: number, waId, bsuid: userId, formerly } = sender;
  const namesakes = await listNamesakes(tx, orgId, channel, sender);
  const holders = number && waId ? await holdersOf(orgId, number, tx) : [];
  const { contact, newName, isNewHolder } = recognise(sender, namesakes, holders);
  if (isNewHolder && number && userId)
    await noteNumberHolder(tx, { orgId, number, userId, formerly, at: ctx.now() });
  if (contact) return completeContact(tx, orgId, contact.id, sender);
  return insertContact(tx, {
    orgId,
    id: ctx.newId(),
    channel,
    sender: { ...sender, externalId: newName },
    at: ctx.now(),
  });
}
