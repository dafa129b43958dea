import type { MessageStatus, SmsMessage } from "./messages";
import type { TwilioState } from "./state";
import { twilioDelivery } from "./webhooks";

/** How a message ends, instead of being delivered. */
export interface SmsEnd {
  failsWith?: { code: number; status: "failed" | "undelivered" };
  stopsAt?: "sent" | "delivered";
}

type Moving = Exclude<MessageStatus, "received">;

/**
 * queued, sent, delivered, each told to the message's StatusCallback, if it has one. A message's own state moves when
 * the network moves it, whether or not anybody is told. As in `tests/samples/twilio/status-*.form`.
 */
export function queueSmsStatuses(state: TwilioState, message: SmsMessage, line: string, end: SmsEnd): void {
  const { statusDelaysMs } = state.sandbox.settings();
  const move = (status: Moving, delayMs: number, code?: number) =>
    queue(state, message, line, { status, delayMs, code });
  move("queued", 0);
  if (end.failsWith) {
    const { code, status } = end.failsWith;
    if (status === "undelivered") move("sent", statusDelaysMs.sent);
    move(status, statusDelaysMs.delivered, code);
    return;
  }
  move("sent", statusDelaysMs.sent);
  if (end.stopsAt !== "sent") move("delivered", statusDelaysMs.delivered);
}

interface Step {
  status: Moving;
  delayMs: number;
  code: number | undefined;
}

function queue(state: TwilioState, message: SmsMessage, line: string, { status, delayMs, code }: Step): void {
  const { sandbox, messages } = state;
  const moved = () => {
    messages.move(message.sid, status, code ?? null);
    if (status !== "queued")
      sandbox.threads.mark(
        message.sid,
        status === "undelivered" ? "failed" : status,
        code === undefined ? undefined : `Error ${code}`,
      );
  };
  if (message.statusCallback === null) {
    moved();
    return;
  }
  const delivery = twilioDelivery(sandbox, {
    type: `status:${status}`,
    lane: `twilio:status:${message.sid}`,
    labels: { line, customer: message.to, message: message.sid, status },
    url: message.statusCallback,
    params: paramsOf(state, message, status, code),
    settled: moved,
  });
  sandbox.outbox.enqueue(delivery, delayMs);
}

function paramsOf(
  { sandbox }: TwilioState,
  message: SmsMessage,
  status: Moving,
  code?: number,
): Record<string, string> {
  const service = message.messagingServiceSid;
  return {
    AccountSid: sandbox.secrets.twilioAccountSid,
    ApiVersion: "2010-04-01",
    From: message.from,
    To: message.to,
    MessageSid: message.sid,
    SmsSid: message.sid,
    MessageStatus: status,
    SmsStatus: status,
    ...(service === null ? {} : { MessagingServiceSid: service }),
    ...(code === undefined ? {} : { ErrorCode: String(code) }),
    ...(status === "delivered" || status === "undelivered"
      ? { RawDlrDoneDate: dlrDate(sandbox.clock.now()) }
      : {}),
  };
}

/** YYMMDDhhmm, without a zone. */
const dlrDate = (date: Date): string => date.toISOString().replace(/\D/g, "").slice(2, 12);
