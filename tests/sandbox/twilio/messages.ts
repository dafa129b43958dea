import type { Clock } from "../core/clock";

export type MessageStatus = "queued" | "sent" | "delivered" | "undelivered" | "failed" | "received";

/** A message of either direction, as the REST API knows it. */
export interface SmsMessage {
  sid: string;
  direction: "inbound" | "outbound-api" | "outbound-reply";
  from: string;
  to: string;
  body: string;
  segments: number;
  mediaIds: readonly string[];
  messagingServiceSid: string | null;
  /** A service has not chosen its sender yet. */
  senderPending: boolean;
  status: MessageStatus;
  createdAt: Date;
  updatedAt: Date;
  sentAt: Date | null;
  errorCode: number | null;
  /** US dollars per segment are known only once the network has taken it. */
  price: string | null;
  statusCallback: string | null;
}

const PRICE_PER_SEGMENT_USD = 0.0463;
const INBOUND_PRICE_USD = 0.0075;
const RANK: readonly MessageStatus[] = ["queued", "sent", "delivered", "undelivered", "failed"];

export function createMessages(clock: Clock) {
  const messages = new Map<string, SmsMessage>();
  const add = (
    given: Omit<SmsMessage, "createdAt" | "updatedAt" | "errorCode" | "price">,
    { createdAt = clock.now(), errorCode = null }: Partial<Pick<SmsMessage, "createdAt" | "errorCode">> = {},
  ): SmsMessage => {
    const price = given.direction === "inbound" ? `-${INBOUND_PRICE_USD.toFixed(5)}` : null;
    const message = { ...given, createdAt, updatedAt: createdAt, errorCode, price };
    messages.set(message.sid, message);
    return message;
  };
  /** Moves a message on and prices it; never back. */
  const move = (sid: string, status: MessageStatus, errorCode: number | null): void => {
    const message = messages.get(sid);
    if (!message || RANK.indexOf(status) < RANK.indexOf(message.status)) return;
    const sent = status === "sent" || status === "delivered" || status === "undelivered";
    Object.assign(message, { status, errorCode, updatedAt: clock.now(), senderPending: false });
    if (sent) {
      message.sentAt ??= clock.now();
      message.price ??= `-${(PRICE_PER_SEGMENT_USD * message.segments).toFixed(5)}`;
    }
  };
  return {
    add,
    move,
    get: (sid: string): SmsMessage | undefined => messages.get(sid),
    /** The newest first. */
    list: (): SmsMessage[] => [...messages.values()].reverse(),
    reset: () => messages.clear(),
  };
}

export type Messages = ReturnType<typeof createMessages>;

const rfc2822 = (date: Date): string => date.toUTCString().replace("GMT", "+0000");

/** As in `tests/samples/twilio/send-rest-response-201.json`. */
export function toJson(message: SmsMessage, accountSid: string) {
  const base = `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}`;
  return {
    account_sid: accountSid,
    api_version: "2010-04-01",
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt ? rfc2822(message.sentAt) : null,
    date_updated: rfc2822(message.updatedAt),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: null,
    from: message.senderPending ? null : message.from,
    messaging_service_sid: message.messagingServiceSid,
    num_media: String(message.mediaIds.length),
    num_segments: message.senderPending ? "0" : String(message.segments),
    price: message.price,
    price_unit: "USD",
    sid: message.sid,
    status: message.senderPending && message.status === "queued" ? "accepted" : message.status,
    subresource_uris: { media: `${base}/Media.json` },
    to: message.to,
    uri: `${base}.json`,
  };
}
