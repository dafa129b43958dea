import { scripted } from "../core/behaviours";
import { json, type Reply, type SandboxRequest } from "../core/http";
import { twilioError } from "./errors";
import { type SmsMessage, toJson } from "./messages";
import { isAuthorised, type TwilioState } from "./state";

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1_000;
const DAY_MS = 86_400_000;

/** `GET …/Messages/<sid>.json`. */
export function handleGet(state: TwilioState, request: SandboxRequest): Reply {
  if (!isAuthorised(state, request)) return twilioError(20003);
  const message = state.messages.get(request.params.sid ?? "");
  return message ? json(200, toJson(message, state.sandbox.secrets.twilioAccountSid)) : twilioError(20404);
}

/**
 * `GET …/Messages.json` with To, From, DateSent (a day, or `DateSent>` and `DateSent<` inclusive), PageSize and Page,
 * the newest first. Source: "Messages resource", read multiple.
 */
export async function handleList(state: TwilioState, request: SandboxRequest): Promise<Reply> {
  if (!isAuthorised(state, request)) return twilioError(20003);
  const { searchParams } = request.url;
  const labels = { to: searchParams.get("To") ?? "" };
  const script = await scripted(
    state.sandbox.behaviours,
    { provider: "twilio", on: "list", labels },
    request.gone,
    ["error"],
  );
  if ("reply" in script) return script.reply;
  if (script.effect) return twilioError(script.effect.code, script.effect.details);
  const size = Math.min(
    MAX_PAGE_SIZE,
    Math.max(1, Number(searchParams.get("PageSize")) || DEFAULT_PAGE_SIZE),
  );
  const page = Math.max(0, Number(searchParams.get("Page")) || 0);
  const found = state.messages.list().filter((message) => fits(message, searchParams));
  const account = state.sandbox.secrets.twilioAccountSid;
  return json(200, {
    messages: found.slice(page * size, (page + 1) * size).map((message) => toJson(message, account)),
    ...paging(request.url, account, { page, size, total: found.length }),
  });
}

function fits(message: SmsMessage, query: URLSearchParams): boolean {
  const is = (name: string, value: string) => !query.get(name) || query.get(name) === value;
  const sentAt = message.sentAt?.getTime();
  const [day, from, until] = ["DateSent", "DateSent>", "DateSent<"].map((name) =>
    Date.parse(query.get(name) ?? ""),
  );
  const within = (check: (at: number) => boolean) => sentAt !== undefined && check(sentAt);
  return (
    is("To", message.to) &&
    is("From", message.from) &&
    (Number.isNaN(day) || day === undefined || within((at) => at >= day && at < day + DAY_MS)) &&
    (Number.isNaN(from) || from === undefined || within((at) => at >= from)) &&
    (Number.isNaN(until) ||
      until === undefined ||
      within((at) => at <= endOf(query.get("DateSent<") ?? "", until)))
  );
}

/** A bare date means all of that day. */
const endOf = (text: string, at: number): number => (/^\d{4}-\d\d-\d\d$/.test(text) ? at + DAY_MS - 1 : at);

function paging(
  url: URL,
  account: string,
  { page, size, total }: { page: number; size: number; total: number },
) {
  const uriOf = (number: number): string => {
    const query = new URLSearchParams(url.searchParams);
    query.set("Page", String(number));
    query.set("PageSize", String(size));
    return `/2010-04-01/Accounts/${account}/Messages.json?${query}`;
  };
  const last = Math.max(0, Math.ceil(total / size) - 1);
  return {
    page,
    page_size: size,
    start: page * size,
    end: Math.max(0, Math.min(total, (page + 1) * size) - 1),
    uri: uriOf(page),
    first_page_uri: uriOf(0),
    next_page_uri: page < last ? uriOf(page + 1) : null,
    previous_page_uri: page > 0 ? uriOf(page - 1) : null,
  };
}
