import { scripted } from "../core/behaviours";
import { bytes, json, type Reply, type SandboxRequest } from "../core/http";
import type { Media } from "../core/media";
import { twilioError } from "./errors";
import { isAuthorised, type TwilioState } from "./state";

const DIGITS = 32;

/** Twilio's id of a file: ME and 32 hexadecimal digits. */
export const mediaSid = (id: string): string => `ME${id.padStart(DIGITS, "0")}`;

function filesOf({ messages, sandbox }: TwilioState, sid: string): Media[] {
  const ids = messages.get(sid)?.mediaIds ?? [];
  return ids.flatMap((id) => sandbox.media.get(id) ?? []);
}

/** `GET …/Messages/<sid>/Media/<id>`: the file of an MMS. */
export async function handleMedia(state: TwilioState, request: SandboxRequest): Promise<Reply> {
  if (!isAuthorised(state, request)) return twilioError(20003);
  const { sid = "", id = "" } = request.params;
  const occasion = { provider: "twilio", on: "media", labels: { id } } as const;
  const script = await scripted(state.sandbox.behaviours, occasion, request.gone, []);
  if ("reply" in script) return script.reply;
  const media = filesOf(state, sid).find((one) => mediaSid(one.id) === id);
  return media ? bytes(media.content, media.mime) : twilioError(20404);
}

/** `GET …/Messages/<sid>/Media.json`. Source: "Media resource", read multiple. */
export function handleMediaList(state: TwilioState, request: SandboxRequest): Reply {
  if (!isAuthorised(state, request)) return twilioError(20003);
  const { sid = "" } = request.params;
  const message = state.messages.get(sid);
  if (!message) return twilioError(20404);
  const account = state.sandbox.secrets.twilioAccountSid;
  const base = `/2010-04-01/Accounts/${account}/Messages/${sid}/Media`;
  const created = message.createdAt.toUTCString().replace("GMT", "+0000");
  const list = filesOf(state, sid).map(({ id, mime }) => ({
    account_sid: account,
    content_type: mime,
    date_created: created,
    date_updated: created,
    parent_sid: sid,
    sid: mediaSid(id),
    uri: `${base}/${mediaSid(id)}.json`,
  }));
  const paging = { page: 0, page_size: 50, start: 0, end: Math.max(0, list.length - 1) };
  const uri = `${base}.json?PageSize=50&Page=0`;
  return json(200, {
    media_list: list,
    ...paging,
    uri,
    first_page_uri: uri,
    next_page_uri: null,
    previous_page_uri: null,
  });
}
