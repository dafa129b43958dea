import { scripted } from "../core/behaviours";
import { bytes, json, type Reply, type SandboxRequest, text } from "../core/http";
import type { Media } from "../core/media";
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
    ["error", "faulty"],
  );
  if ("reply" in script) return script.reply;
  const { effect } = script;
  if (effect?.kind === "error") return metaError(effect.code, effect.details);
  const media = state.sandbox.media.get(id);
  if (!media || effect?.fault === "expired") return unknownObject("GET", id);
  return json(200, {
    messaging_product: "whatsapp",
    url: effect?.fault === "other-host" ? ELSEWHERE : mediaUrl(state, id),
    mime_type: media.mime,
    sha256: effect?.fault === "mismatch" ? "0".repeat(64) : media.sha256.toString("hex"),
    file_size: effect?.fault === "oversize" ? FAR_TOO_MANY : media.content.length,
    id,
  });
}

/** An address that a careless client would fetch from within its own network. */
const ELSEWHERE = "http://169.254.169.254/latest/meta-data/";
const FAR_TOO_MANY = 1_000_000_000;

/** The download itself: bearer token, and gone after its time. */
export async function handleDownload(state: MetaState, request: SandboxRequest): Promise<Reply> {
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
  const occasion = { provider: "meta", on: "download", labels: { id } } as const;
  const script = await scripted(sandbox.behaviours, occasion, request.gone, ["faulty"]);
  if ("reply" in script) return script.reply;
  return script.effect ? cutOff(media) : bytes(media.content, media.mime);
}

/** Promises the whole, and breaks off half-way. */
function cutOff({ content, mime }: Media): Reply {
  async function* half() {
    yield content.subarray(0, content.length / 2);
  }
  const headers = { "content-type": mime, "content-length": String(content.length) };
  return { kind: "stream", headers, chunks: half(), summary: "half of it", cut: true };
}
