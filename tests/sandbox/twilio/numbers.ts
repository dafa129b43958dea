import { createHash } from "node:crypto";
import { scripted } from "../core/behaviours";
import { json, type Reply, type SandboxRequest } from "../core/http";
import type { Line } from "../core/lines";
import { twilioError } from "./errors";
import { isAuthorised, type TwilioState } from "./state";

const WEBHOOK_PATH = "/api/webhooks/sms";

const sidOf = ({ phone }: Line): string => `PN${createHash("md5").update(phone).digest("hex")}`;

/** Source: Twilio, "IncomingPhoneNumber resource" */
function numberOf({ sandbox }: TwilioState, line: Line): Record<string, unknown> {
  const account = sandbox.secrets.twilioAccountSid;
  const { capable, sms_url } = sandbox.health.of(line.slug).sms;
  const sid = sidOf(line);
  return {
    sid,
    account_sid: account,
    friendly_name: line.phone,
    phone_number: line.phone,
    origin: "twilio",
    status: "in-use",
    beta: false,
    capabilities: { voice: true, sms: capable, mms: false, fax: false },
    sms_url: sms_url ?? `${sandbox.settings().publicUrl}${WEBHOOK_PATH}`,
    sms_method: "POST",
    sms_fallback_url: "",
    sms_fallback_method: "POST",
    sms_application_sid: "",
    voice_url: "",
    voice_method: "POST",
    status_callback: "",
    status_callback_method: "POST",
    date_created: "Tue, 03 Nov 2026 09:00:00 +0000",
    date_updated: "Tue, 03 Nov 2026 09:00:00 +0000",
    api_version: "2010-04-01",
    uri: `/2010-04-01/Accounts/${account}/IncomingPhoneNumbers/${sid}.json`,
  };
}

const ofTwilio = ({ sandbox }: TwilioState): readonly Line[] =>
  sandbox.lines.list().filter(({ slug }) => !sandbox.health.of(slug).sms.gone);

/** `GET …/IncomingPhoneNumbers.json?PhoneNumber=…`: the filter also finds a part of a number. */
export async function handleNumbers(state: TwilioState, request: SandboxRequest): Promise<Reply> {
  const wanted = request.url.searchParams.get("PhoneNumber") ?? "";
  const refusal = await guarded(state, request, wanted);
  if (refusal) return refusal;
  const found = ofTwilio(state).filter(({ phone }) => phone.includes(wanted));
  const uri = `/2010-04-01/Accounts/${state.sandbox.secrets.twilioAccountSid}/IncomingPhoneNumbers.json`;
  return json(200, {
    incoming_phone_numbers: found.map((line) => numberOf(state, line)),
    page: 0,
    page_size: 50,
    start: 0,
    end: Math.max(0, found.length - 1),
    uri,
    first_page_uri: uri,
    next_page_uri: null,
    previous_page_uri: null,
  });
}

/** `POST …/IncomingPhoneNumbers/<sid>.json` with `SmsUrl`. */
export async function handleNumberChange(state: TwilioState, request: SandboxRequest): Promise<Reply> {
  const line = ofTwilio(state).find((one) => sidOf(one) === request.params.sid);
  const refusal = await guarded(state, request, line?.phone ?? "");
  if (refusal) return refusal;
  if (!line) return twilioError(20404);
  const url = new URLSearchParams(request.raw.toString()).get("SmsUrl");
  if (url !== null) state.sandbox.health.change(line.slug, { sms: { sms_url: url } });
  return json(200, numberOf(state, line));
}

async function guarded(
  state: TwilioState,
  request: SandboxRequest,
  number: string,
): Promise<Reply | undefined> {
  if (!isAuthorised(state, request)) return twilioError(20003);
  const occasion = { provider: "twilio", on: "number", labels: { number } } as const;
  const script = await scripted(state.sandbox.behaviours, occasion, request.gone, ["error"]);
  if ("reply" in script) return script.reply;
  return script.effect ? twilioError(script.effect.code, script.effect.details) : undefined;
}
