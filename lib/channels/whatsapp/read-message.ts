import type { InboundMessage, PhoneMessage } from "@/lib/inbox/core/message";
import { cleanText } from "@/lib/shared/clean-json";
import { type Content, readContent, storableParts } from "./read-content";
import { type People, readChangedSender, readEchoReceiver, readSender } from "./read-sender";
import { isRecord, type MetaMessage, message as messageShape, readTime } from "./shapes";

/** `unknown`: of a type that Meta had not documented; staff see that something came. */
export type Read = { readonly message: InboundMessage; readonly unknown: boolean };

type Where = { readonly identity: string; readonly people: People; readonly receivedAt: Date };

/** WhatsApp's own limit is 4,096 characters. */
const MAX_BODY = 10_000;

/** Bare words that ask not to be written to: nothing automatic answers them. WhatsApp itself gives them no meaning. */
const NO_REPLY_WORDS = new Set(["stop", "stopall", "unsubscribe", "optout"]);

const UNKNOWN: Content = {
  type: "unsupported",
  body: "Sent something that cannot be shown here",
  wantsAnswer: true,
};

/** One item of `messages[]` in the normal form; undefined for what has no id, no sender or is no message at all. */
export function readInbound(given: unknown, where: Where): Read | undefined {
  const message = messageShape.parse(given);
  const sender = message.type === "system" ? readChangedSender(message) : readSender(message, where.people);
  if (message.id === undefined || message.type === undefined || !sender) return undefined;
  const content = message.type === "edit" ? readEdit(message) : readContent(message);
  const known = content ?? { ...UNKNOWN, parts: { unsupported: { type: message.type } } };
  return {
    message: { ...normalForm(message, message.id, known, where), sender },
    unknown: content === undefined,
  };
}

/** One item of `message_echoes[]`: what the garage wrote on its own phone, in the customer's conversation. */
export function readEcho(given: unknown, where: Where): PhoneMessage | undefined {
  const message = messageShape.parse(given);
  const customer = readEchoReceiver(message, where.people);
  if (message.id === undefined || !customer || message.group_id !== undefined) return undefined;
  const said = (message.type === "edit" ? readEdit(message) : readContent(message)) ?? UNKNOWN;
  const type = said.type === "edit" || said.type === "revoke" ? said.type : "echo";
  const parts = { ...(isRecord(said.parts) ? said.parts : {}), echo: { type: message.type } };
  const { wantsAnswer: _, ...form } = normalForm(message, message.id, { ...said, parts }, where);
  return { ...form, type, customer };
}

/** The new words of a message of theirs. */
function readEdit({ edit }: MetaMessage): Content {
  const said = readContent(edit.message) ?? UNKNOWN;
  const { original_message_id: refersTo } = edit;
  return { type: "edit", body: said.body, parts: said.parts, refersTo, wantsAnswer: false };
}

function normalForm(
  message: MetaMessage,
  providerId: string,
  content: Content,
  { identity, receivedAt }: Where,
): Omit<InboundMessage, "sender"> {
  const { type, body } = content;
  const refersTo = content.refersTo ?? message.context.id;
  const parts = storableParts({ ...(isRecord(content.parts) ? content.parts : {}), ...extras(message) });
  const asksForNoReply = type === "text" && NO_REPLY_WORDS.has(body.trim().toLowerCase());
  return {
    channel: "whatsapp",
    identity,
    providerId,
    type,
    body: cleanText(body.slice(0, MAX_BODY)),
    ...(parts !== undefined && { parts }),
    ...(refersTo !== undefined && { refersTo }),
    at: readTime(message.timestamp, receivedAt),
    wantsAnswer: content.wantsAnswer && !asksForNoReply && message.group_id === undefined,
    ...(message.group_id !== undefined && { inGroup: true }),
  };
}

/** The advert it came from, and what it carries of another message. */
function extras({ referral, context, errors, type, group_id: group }: MetaMessage): Record<string, unknown> {
  const { forwarded, referred_product: product } = context;
  return {
    ...(isRecord(referral) && { referral }),
    ...(group !== undefined && { group: { id: group } }),
    ...(forwarded !== undefined && { forwarded }),
    ...(isRecord(product) && { referredProduct: product }),
    ...(errors.code !== undefined &&
      type !== "unsupported" && { error: { code: errors.code, title: errors.title } }),
  };
}
