import type { Outcome } from "../core/delivery";
import { isSuccess } from "../core/delivery";
import { newId } from "../core/ids";
import type { Line } from "../core/lines";
import type { Media } from "../core/media";
import { mediaSid } from "./media";
import { CONFIRMATIONS, type OptOutType } from "./opt-outs";
import { segmentsOf } from "./segments";
import { sendReply } from "./send";
import type { TwilioState } from "./state";
import { readTwiml } from "./twiml";
import { twilioDelivery } from "./webhooks";

export interface CustomerSms {
  line: Line;
  /** E.164, a short code or a name. */
  from: string;
  body: string;
  media: readonly Media[];
  /** The number belongs to a messaging service with Advanced Opt-Out: `OptOutType` is said. */
  throughService: boolean;
  sid?: string | undefined;
}

const WEBHOOK_PATH = "/api/webhooks/sms";
/** HTTP retrieval failure, and: could not connect. Source: twilio.com/docs/api/errors/11200, 11205. */
const errorCodeOf = (outcome: Outcome): string => (outcome.kind === "unreachable" ? "11205" : "11200");

/** A customer's SMS or MMS: opt-out words are acted on first, then it goes to the application as any other. */
export function receiveSms(state: TwilioState, sms: CustomerSms): string {
  const { sandbox, messages, optOuts } = state;
  const { line, from, body, media } = sms;
  const sid = sms.sid ?? newId.sid(media.length > 0 ? "MM" : "SM");
  const sender = sms.throughService ? line.messagingServiceSid : line.phone;
  const optOut = optOuts.hear(sender, from, body);
  messages.add({
    sid,
    direction: "inbound",
    from,
    to: line.phone,
    body,
    segments: Math.max(1, segmentsOf(body)),
    mediaIds: media.map(({ id }) => id),
    messagingServiceSid: sms.throughService ? line.messagingServiceSid : null,
    senderPending: false,
    status: "received",
    sentAt: sandbox.clock.now(),
    statusCallback: null,
  });
  const picture = media[0] ? { picture: `/control/media/${media[0].id}` } : {};
  sandbox.threads.add(line.slug, from, {
    id: sid,
    channel: "sms",
    from: "customer",
    text: body,
    tick: "waiting",
    ...picture,
  });
  if (optOut) confirm(state, sms, optOut);
  sandbox.outbox.enqueue(primary(state, sms, sid, optOut));
  return sid;
}

function confirm({ sandbox }: TwilioState, { line, from }: CustomerSms, optOut: OptOutType): void {
  const text = CONFIRMATIONS[optOut];
  sandbox.threads.add(line.slug, from, {
    id: newId.sid("SM"),
    channel: "sms",
    from: "network",
    text,
    tick: "delivered",
  });
}

/** The webhook; whatever keeps it from being answered well leads to the fallback URL, where one is configured. */
function primary(state: TwilioState, sms: CustomerSms, sid: string, optOut: OptOutType | undefined) {
  const { sandbox } = state;
  const url = `${sandbox.settings().publicUrl}${WEBHOOK_PATH}`;
  const params = paramsOf(state, sms, sid, optOut);
  const base = {
    type: "message",
    lane: `twilio:in:${sms.line.phone}:${sms.from}`,
    labels: labelsOf(sms, sid),
  };
  return twilioDelivery(sandbox, {
    ...base,
    url,
    params,
    settled: (outcome) => {
      if (isSuccess(outcome)) return understand(state, sms, sid, outcome);
      if (!sandbox.settings().smsFallback) return sandbox.threads.mark(sid, "lost");
      const fallback = twilioDelivery(sandbox, {
        ...base,
        type: "fallback",
        url: `${url}?fallback=1`,
        params: { ...params, ErrorCode: errorCodeOf(outcome), ErrorUrl: url },
        settled: (second) => {
          if (isSuccess(second)) understand(state, sms, sid, second);
          else sandbox.threads.mark(sid, "lost");
        },
      });
      sandbox.outbox.enqueue(fallback);
    },
  });
}

const labelsOf = ({ line, from }: CustomerSms, sid: string) => ({
  line: line.slug,
  customer: from,
  message: sid,
});

function understand(state: TwilioState, { line, from }: CustomerSms, sid: string, outcome: Outcome): void {
  const { threads } = state.sandbox;
  threads.mark(sid, "received");
  if (outcome.kind !== "answered") return;
  const twiml = readTwiml(outcome.headers.get("content-type") ?? "", outcome.body);
  if (twiml.kind === "invalid") {
    const text = `Twilio could not read the answer (${twiml.code}: ${twiml.note}).`;
    threads.add(line.slug, from, {
      id: newId.sid("SM"),
      channel: "sms",
      from: "network",
      text,
      tick: "failed",
    });
    return;
  }
  for (const { body, action } of twiml.messages) {
    const callback = action === null ? null : new URL(action, state.sandbox.settings().publicUrl).href;
    sendReply(state, line, from, body, callback);
  }
}

/** As in `tests/samples/twilio/sms-inbound.form`; empty values belong to the signature, too. */
function paramsOf(
  state: TwilioState,
  sms: CustomerSms,
  sid: string,
  optOut: OptOutType | undefined,
): Record<string, string> {
  const { sandbox } = state;
  const account = sandbox.secrets.twilioAccountSid;
  const place = (side: "From" | "To") => ({
    [`${side}City`]: "",
    [`${side}State`]: "",
    [`${side}Zip`]: "",
    [`${side}Country`]: "GB",
  });
  const media = sms.media.flatMap(({ id, mime }, index) => [
    [
      `MediaUrl${index}`,
      `${sandbox.url()}/twilio/2010-04-01/Accounts/${account}/Messages/${sid}/Media/${mediaSid(id)}`,
    ],
    [`MediaContentType${index}`, mime],
  ]);
  return {
    ...place("To"),
    ...place("From"),
    SmsMessageSid: sid,
    NumMedia: String(sms.media.length),
    SmsSid: sid,
    SmsStatus: "received",
    Body: sms.body,
    To: sms.line.phone,
    NumSegments: String(Math.max(1, segmentsOf(sms.body))),
    MessageSid: sid,
    AccountSid: account,
    From: sms.from,
    ApiVersion: "2010-04-01",
    ...Object.fromEntries(media),
    ...(sms.throughService ? { MessagingServiceSid: sms.line.messagingServiceSid } : {}),
    ...(sms.throughService && optOut ? { OptOutType: optOut } : {}),
  };
}
