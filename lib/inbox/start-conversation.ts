import { type Ctx, requireMember } from "@/lib/auth/context";
import { inTransaction } from "@/lib/db/transaction";
import { ownIdentity } from "@/lib/garage/own-identity";
import { ownNumbersOf } from "@/lib/garage/own-numbers";
import { notWrittenFirst } from "@/lib/garage/written-first";
import { publishLive } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import { isInternational, toE164 } from "@/lib/shared/phone-number";
import type { MessageChannel, MessageSender } from "./core/message";
import { openConversation } from "./open-conversation";

export type StartInput = {
  readonly orgId: string;
  readonly channel: MessageChannel;
  /** As it was typed, with its country. */
  readonly phone: string;
};

/**
 * The conversation with a number, made where there is none: two at once get the same. Nothing is sent; on WhatsApp only a
 * template can be, until the customer writes. Needs `messages.send`. Until something is written in it, it stands in no list. Throws
 * invalid_input (`phone`) for what is nobody's number, a premium or special one, the garage's own, or by text one that is no
 * UK mobile and has never texted the garage, and conflict where the garage has no number of its own on that channel.
 */
export async function startConversation(ctx: Ctx, input: StartInput): Promise<{ id: string }> {
  const { orgId, channel } = input;
  requireMember(ctx.actor, orgId, "messages.send");
  const [own, identity] = await Promise.all([ownNumbersOf(orgId), ownIdentity(orgId, channel)]);
  const phone = readPhone(input.phone);
  const why = notWrittenFirst(phone, own);
  if (why && why !== "no-uk-mobile") refuse(REFUSED[why]);
  if (identity === undefined)
    throw new AppError(
      "conflict",
      "Your garage has no number on this channel yet: ask support to set one up.",
    );
  const sender = senderOf(channel, phone);
  const { id, isNew } = await inTransaction(async (tx) => {
    const opened = await openConversation(tx, ctx, { orgId, channel, sender, identity, at: ctx.now() });
    if (opened.isNew && why && channel === "sms") refuse(REFUSED[why]);
    return opened;
  });
  if (isNew) publishLive({ type: "conversation/changed", orgId, conversationId: id });
  return { id };
}

function readPhone(typed: string): string {
  const given = typed.trim();
  if (!isInternational(given)) refuse("Write the number with its country, such as +44 7700 900123.");
  return toE164(given) ?? refuse("Nobody can be written to under this number: check its digits.");
}

/** A template on WhatsApp has a price of its own wherever it goes; a text abroad costs what nobody knows beforehand. */
const REFUSED = {
  special: "Premium-rate and special numbers can’t be written to: use the customer’s own number.",
  own: "This is your garage’s own number.",
  "no-uk-mobile":
    "Texts go to UK mobiles alone, and to those who have texted you. Try WhatsApp, or ring them.",
} as const;

function refuse(message: string): never {
  throw new AppError("invalid_input", message, { field: "phone" });
}

/** As the channel itself would name them when they write. */
function senderOf(channel: MessageChannel, phone: string): MessageSender {
  if (channel === "sms") return { externalId: phone, phone, canBeAnswered: true };
  const waId = phone.slice(1);
  return { externalId: waId, waId, phone, canBeAnswered: true };
}
