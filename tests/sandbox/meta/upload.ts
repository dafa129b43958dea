import { scripted } from "../core/behaviours";
import { json, type Reply, type SandboxRequest } from "../core/http";
import { badToken, metaError } from "./errors";
import { isAuthorised } from "./send";
import type { MetaState } from "./state";

/** What Meta takes, in the words and the order of its own refusal. */
const TYPES = [
  "audio/aac",
  "audio/mp4",
  "audio/mpeg",
  "audio/amr",
  "audio/ogg",
  "audio/opus",
  "application/vnd.ms-powerpoint",
  "application/msword",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  "application/pdf",
  "text/plain",
  "application/vnd.ms-excel",
  "image/jpeg",
  "image/png",
  "image/webp",
  "video/mp4",
  "video/3gpp",
];

const MOST_OF_A_PICTURE = 5 * 1024 * 1024;

/** `POST /v24.0/<phone number id>/media`. Source: "Media" reference, upload */
export async function handleUpload(state: MetaState, request: SandboxRequest): Promise<Reply> {
  if (!isAuthorised(state, request)) return badToken();
  const occasion = { provider: "meta", on: "upload", labels: { line: request.params.id ?? "" } } as const;
  const script = await scripted(state.sandbox.behaviours, occasion, request.gone, ["error"]);
  if ("reply" in script) return script.reply;
  if (script.effect) return metaError(script.effect.code, script.effect.details);
  const form = await formOf(request);
  const file = form?.get("file");
  if (form?.get("messaging_product") !== "whatsapp")
    return metaError(100, "The parameter messaging_product is required.");
  if (!(file instanceof File)) return metaError(100, "The parameter file is required.");
  const content = Buffer.from(await file.arrayBuffer());
  const isTaken =
    TYPES.includes(file.type) && !(file.type.startsWith("image/") && content.length > MOST_OF_A_PICTURE);
  if (!isTaken)
    return metaError(
      100,
      `Param file must be a file with one of the following types: ${TYPES.join(", ")}. Received file of type '${file.type}'.`,
    );
  return json(200, { id: state.sandbox.media.add(content, file.type).id });
}

const formOf = ({ raw, headers }: SandboxRequest): Promise<FormData | undefined> =>
  new Response(new Uint8Array(raw), { headers: { "content-type": headers["content-type"] ?? "" } })
    .formData()
    .catch(() => undefined);
