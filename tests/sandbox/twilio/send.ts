import { scripted } from "../core/behaviours";
import { json, type Reply, type SandboxRequest } from "../core/http";
import { newId } from "../core/ids";
import type { Line } from "../core/lines";
import { queueSmsStatuses, type SmsEnd } from "./callbacks";
import { twilioError } from "./errors";
import { type SmsMessage, toJson } from "./messages";
import { segmentsOf } from "./segments";
import { isAuthorised, type TwilioState } from "./state";

const E164 = /^\+[1-9]\d{6,14}$/;
/** British numbers which cannot take an SMS: geographic, corporate and freephone ones. */
const BRITISH_LANDLINE = /^\+44[12358]/;
const MAX_BODY = 1_600;

interface Draft {
  to: string;
  line: Line;
  body: string;
  service: string | null;
  callback: string | null;
  smart: boolean;
}

/** `POST /2010-04-01/Accounts/<sid>/Messages.json`. Source: "Messages resource" */
export async function handleSend(state: TwilioState, request: SandboxRequest): Promise<Reply> {
  if (!isAuthorised(state, request)) return twilioError(20003);
  const draft = readDraft(state, new URLSearchParams(request.raw.toString()));
  if ("kind" in draft) return draft;
  const occasion = {
    provider: "twilio",
    on: "send",
    labels: { line: draft.line.slug, to: draft.to },
  } as const;
  const own = ["error", "failed-status", "stops-at"] as const;
  const script = await scripted(state.sandbox.behaviours, occasion, request.gone, own);
  if ("reply" in script) return script.reply;
  const { effect } = script;
  if (effect?.kind === "error") return twilioError(effect.code, effect.details);
  const message = accept(state, draft, "outbound-api", {
    ...(effect?.kind === "failed-status"
      ? { failsWith: { code: effect.code, status: effect.status ?? "undelivered" } }
      : {}),
    ...(effect?.kind === "stops-at" ? { stopsAt: effect.status } : {}),
  });
  return json(201, message);
}

function readDraft(state: TwilioState, form: URLSearchParams): Draft | Reply {
  const { sandbox, optOuts } = state;
  const value = (name: string) => form.get(name)?.trim() ?? "";
  const [to, from, service] = [value("To"), value("From"), value("MessagingServiceSid")];
  const [body, callback] = [form.get("Body") ?? "", value("StatusCallback")];
  if (to === "") return twilioError(21604);
  if (from === "" && service === "") return twilioError(21603);
  if (body.trim() === "" && !form.has("MediaUrl")) return twilioError(21602);
  if (body.length > MAX_BODY) return twilioError(21617);
  if (!E164.test(to)) return twilioError(21211, `Invalid 'To' Phone Number: ${to}`);
  if (BRITISH_LANDLINE.test(to)) return twilioError(21614, `To number: ${to}, is not a mobile number`);
  if (callback !== "" && !URL.canParse(callback)) return twilioError(21609);
  const sender = from || service;
  const line = sandbox.settings().lines === "any" ? sandbox.lines.ensure(sender) : sandbox.lines.find(sender);
  if (!line || (from !== "" && line.phone !== from)) return twilioError(21606);
  if (isOptedOut(optOuts, line, to)) return twilioError(21610);
  const smart = value("SmartEncoded") === "true";
  return { to, line, body, service: service || null, callback: callback || null, smart };
}

/** An opt-out counts for the number, and for the service it belongs to. */
const isOptedOut = (optOuts: TwilioState["optOuts"], line: Line, to: string): boolean =>
  optOuts.has(line.phone, to) || optOuts.has(line.messagingServiceSid, to);

function accept(state: TwilioState, draft: Draft, direction: "outbound-api" | "outbound-reply", end: SmsEnd) {
  const { sandbox, messages } = state;
  const message: SmsMessage = messages.add({
    sid: newId.sid("SM"),
    direction,
    from: draft.line.phone,
    to: draft.to,
    body: draft.body,
    segments: segmentsOf(draft.body, draft.smart),
    mediaIds: [],
    messagingServiceSid: draft.service,
    senderPending: draft.service !== null,
    status: "queued",
    sentAt: null,
    statusCallback: draft.callback,
  });
  const { sid, to, body } = message;
  sandbox.threads.add(draft.line.slug, to, {
    id: sid,
    channel: "sms",
    from: "garage",
    text: body,
    tick: "accepted",
  });
  const accepted = toJson(message, sandbox.secrets.twilioAccountSid);
  queueSmsStatuses(state, message, draft.line.slug, end);
  return accepted;
}

/** A `<Message>` of a TwiML answer: goes out like any other, but a refusal is told only by a failed status. */
export function sendReply(
  state: TwilioState,
  line: Line,
  to: string,
  body: string,
  callback: string | null,
): void {
  const end: SmsEnd = isOptedOut(state.optOuts, line, to)
    ? { failsWith: { code: 21610, status: "failed" } }
    : {};
  const draft = { to, line, body: body.slice(0, MAX_BODY), service: null, callback, smart: false };
  accept(state, draft, "outbound-reply", end);
}
