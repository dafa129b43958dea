import type { InboundMessage, MessageChannel } from "@/lib/inbox/core/message";
import { newId } from "@/lib/shared/ids";

/** A customer's text as the channels hand it to the inbox. */
export function givenMessage(
  channel: MessageChannel,
  given: {
    from?: string;
    body?: string;
    at?: Date;
    identity?: string;
    providerId?: string;
  } & Partial<InboundMessage> = {},
): InboundMessage {
  const {
    from = "+447700900123",
    body = "What are your opening hours?",
    identity = "100000000000001",
    ...rest
  } = given;
  return {
    channel,
    identity,
    providerId: `test.${newId()}`,
    sender: {
      externalId: from,
      phone: from,
      canBeAnswered: true,
      ...(channel === "whatsapp" ? { waId: from.slice(1) } : {}),
    },
    type: "text",
    body,
    at: new Date(),
    wantsAnswer: true,
    ...rest,
  };
}
