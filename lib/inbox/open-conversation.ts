import type { Ctx } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import { holdersOf, noteNumberHolder } from "@/lib/garage/number-holders";
import type { ConversationChannel, MessageSender } from "./core/message";
import { recognise } from "./core/recognise";
import { completeContact, insertContact, listNamesakes } from "./store/contacts";
import { type LockedConversation, lockContactConversation } from "./store/conversations";

export type Arriving = {
  readonly orgId: string;
  readonly channel: ConversationChannel;
  readonly sender: MessageSender;
  /** Which of our numbers it came to. */
  readonly identity: string;
  readonly at: Date;
};

/**
 * The sender's conversation, locked, after their contact; each made or completed where that is needed. `isNew`: nothing was
 * said in it before.
 */
export async function openConversation(
  tx: Queryable,
  ctx: Ctx,
  arriving: Arriving,
): Promise<LockedConversation & { readonly isNew: boolean }> {
  const contactId = (await openContact(tx, ctx, arriving)) ?? (await openContact(tx, ctx, arriving));
  if (!contactId) throw new Error("a contact could be neither made nor found");
  const { orgId, channel, identity, at } = arriving;
  return lockContactConversation(tx, { orgId, newId: ctx.newId(), contactId, channel, identity, at });
}

/** The contact's id; undefined where somebody else made the same contact at this moment: then it can be found. */
async function openContact(
  tx: Queryable,
  ctx: Ctx,
  { orgId, channel, sender }: Arriving,
): Promise<string | undefined> {
  const { phone: number, waId, bsuid: userId, formerly } = sender;
  const namesakes = await listNamesakes(tx, orgId, channel, sender);
  const holders = number && waId ? await holdersOf(orgId, number, tx) : [];
  const { contact, newName, isNewHolder } = recognise(sender, namesakes, holders);
  if (isNewHolder && number && userId)
    await noteNumberHolder(tx, { orgId, number, userId, formerly, at: ctx.now() });
  if (contact) {
    await completeContact(tx, orgId, contact.id, sender);
    return contact.id;
  }
  const id = ctx.newId();
  const named = { ...sender, externalId: newName };
  const isMade = await insertContact(tx, { orgId, id, channel, sender: named, at: ctx.now() });
  return isMade ? id : undefined;
}
