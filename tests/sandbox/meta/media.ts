import { scripted } from "../core/behaviours";
import { bytes, json, type Reply, type SandboxRequest, text } from "../core/http";
import { metaSignature, same } from "../core/signatures";
import { badToken, metaError, unknownObject } from "./errors";
import { isAuthorised } from "./send";
import type { MetaState } from "./state";

/** Source: "Media" reference */
const URL_LIFE_MS = 5 * 60_000;
const MEDIA_PATH = "/meta/lookaside/whatsapp_business/attachments/";

/** A download address that works for five minutes, with the token. */
export function mediaUrl({ sandbox }: MetaState, id: string): string {
  const expires = String(sandbox.clock.time() + URL_LIFE_MS);
  const query = new URLSearchParams({
    mid: id,
    source: "webhook",
    ext: expires,
    hash: seal(sandbox.secrets.metaAppSecret, id, expires),
  });
  return `${sandbox.url()}${MEDIA_PATH}?${query}`;
}

const seal = (secret: string, id: string, expires: string): string =>
  metaSignature(secret, `${id}.${expires}`).slice("sha256=".length, 40);

/** `GET /v24.0/<media id>`. */
export async function handleMedia(state: MetaState, request: SandboxRequest): Promise<Reply> {
  if (!isAuthorised(state, request)) return badToken();
  const { id = "" } = request.params;
  const script = await scripted(
    state.sandbox.behaviours,
    { provider: "meta", on: "media", labels: { id } },
    request.gone,
    ["error"],
  );
  if ("reply" in script) return script.reply;
  if (script.effect) return metaError(script.effect.code, script.effect.details);
  const media = state.sandbox.media.get(id);
  if (!media) return unknownObject("GET", id);
  return json(200, {
    messaging_product: "whatsapp",
    url: mediaUrl(state, id),
    mime_type: media.mime,
    sha256: media.sha256.toString("hex"),
    file_size: media.content.length,
    id,
  });
}

/** The download itself: bearer token, and gone after its time. */
export function handleDownload(state: MetaState, request: SandboxRequest): Reply {
  if (!isAuthorised(state, request)) return badToken();
  const { searchParams } = request.url;
  const [id, expires, hash] = ["mid", "ext", "hash"].map((name) => searchParams.get(name) ?? "") as [
    string,
    string,
    string,
  ];
  const { sandbox } = state;
  const media = sandbox.media.get(id);
  const genuine = same(hash, seal(sandbox.secrets.metaAppSecret, id, expires));
  if (!media || !genuine || sandbox.clock.time() > Number(expires)) return text(404, "Not Found");
  return bytes(media.content, media.mime);
}
