import { scripted } from "../core/behaviours";
import { json, parseJson, type Reply, type SandboxRequest } from "../core/http";
import { newId } from "../core/ids";
import type { Line } from "../core/lines";
import { bearerOf, same } from "../core/signatures";
import { badToken, metaError, unknownObject } from "./errors";
import type { MetaState } from "./state";
import { queueStatuses } from "./statuses";
import type { Template } from "./template";
import { type FilledTemplate, fillTemplate } from "./template-send";
import { customerOf, type MetaUser } from "./users";
import { type MarkRead, readSend, type SendRequest } from "./validate";

/** Whether the request carries the business' token. */
export const isAuthorised = ({ sandbox }: MetaState, { headers }: SandboxRequest): boolean =>
  same(bearerOf(headers.authorization), sandbox.secrets.metaAccessToken);

function lineOf({ sandbox }: MetaState, id: string): Line | undefined {
  const line = sandbox.settings().lines === "any" ? sandbox.lines.ensure(id) : sandbox.lines.find(id);
  return line?.whatsAppNumberId === id ? line : undefined;
}

/** `POST /v24.0/<phone number id>/messages`: sends a message, or marks one as read. */
export async function handleMessages(state: MetaState, request: SandboxRequest): Promise<Reply> {
  if (!isAuthorised(state, request)) return badToken();
  const { id = "" } = request.params;
  const line = lineOf(state, id);
  if (!line) return unknownObject("POST", id);
  const body = readSend(parseJson(request.raw));
  switch (body.kind) {
    case "invalid":
      return metaError(body.code, body.details);
    case "read":
      return markRead(state, body);
    case "message":
      return send(state, line, body, request.gone);
  }
}

/** Also shows "typing…" for 25 seconds, on request. */
function markRead({ sandbox, received }: MetaState, { messageId, typing }: MarkRead): Reply {
  if (!received.has(messageId)) return metaError(131009, `Message id ${messageId} was not found.`);
  sandbox.threads.mark(messageId, "read");
  if (typing) sandbox.threads.setTyping(messageId);
  return json(200, { success: true });
}

const REFUSED_MARKETING = 131050;
const HELD_BACK = 131049;

async function send(state: MetaState, line: Line, body: SendRequest, gone: AbortSignal): Promise<Reply> {
  const { sandbox, windows, pairRate, users, templates, spared } = state;
  const user = users.addressed(body.to, body.recipient);
  if (!user) return metaError(131009, "Recipient is not a valid WhatsApp user.");
  const labels = {
    line: line.slug,
    to: customerOf(user),
    kind: body.type,
    template: body.template?.name ?? "",
  };
  const own = ["error", "failed-status", "stops-at"] as const;
  const script = await scripted(sandbox.behaviours, { provider: "meta", on: "send", labels }, gone, own);
  if ("reply" in script) return script.reply;
  const { effect } = script;
  if (effect?.kind === "error") return metaError(effect.code, effect.details);
  if (isFile(body) && !sandbox.media.get(body.mediaId ?? ""))
    return metaError(131053, `Media with id ${body.mediaId} was not found.`);
  const key = user.waId || user.bsuid;
  if (!pairRate.take(line.whatsAppNumberId, key)) return metaError(131056);
  const insideWindow = windows.isOpen(line.whatsAppNumberId, key);
  if (!insideWindow && body.type !== "template") return metaError(131047);
  const asked = body.template;
  const template = asked && templates.find(line.businessAccountId, asked.name, asked.language);
  const filled = asked ? fillTemplate(template, asked) : { text: body.text, buttons: [] };
  if ("code" in filled) return metaError(filled.code, filled.details);
  const sparing = template?.category === "MARKETING" ? spared.get(customerOf(user)) : undefined;
  if (sparing === "stopped") return metaError(REFUSED_MARKETING);
  const id = newId.wamid(key);
  show(state, line, user, { ...filled, ...pictureOf(body) }, id);
  queueStatuses(
    sandbox,
    { id, line, user, insideWindow, category: categoryOf(body, template), callbackData: body.callbackData },
    {
      ...(sparing === "limited" ? { failsWith: HELD_BACK } : {}),
      ...(effect?.kind === "failed-status" ? { failsWith: effect.code } : {}),
      ...(effect?.kind === "stops-at" ? { stopsAt: effect.status } : {}),
    },
  );
  return accepted(user, body, id);
}

const categoryOf = ({ type }: SendRequest, template: Template | undefined): string | undefined =>
  type === "template" ? (template?.category.toLowerCase() ?? "utility") : undefined;

const FILES: readonly SendRequest["type"][] = ["image", "video", "audio", "document", "sticker"];
const isFile = ({ type, mediaId }: SendRequest): boolean => FILES.includes(type) && mediaId !== undefined;

const pictureOf = ({ type, mediaId }: SendRequest): { picture?: string } =>
  type === "image" && mediaId !== undefined ? { picture: `/control/media/${mediaId}` } : {};

type Shown = FilledTemplate & { readonly picture?: string };

function show({ sandbox }: MetaState, line: Line, user: MetaUser, filled: Shown, id: string): void {
  sandbox.threads.add(line.slug, customerOf(user), {
    id,
    channel: "whatsapp",
    from: "garage",
    text: filled.text,
    ...(filled.buttons.length > 0 ? { buttons: filled.buttons } : {}),
    tick: "accepted",
    ...(filled.picture === undefined ? {} : { picture: filled.picture }),
  });
}

/** The answer to a send: accepted, not delivered. Source: Meta, "Send messages" */
function accepted(user: MetaUser, { to, recipient }: SendRequest, id: string): Reply {
  const contact = to === "" ? { input: recipient, user_id: user.bsuid } : { input: to, wa_id: user.waId };
  return json(200, { messaging_product: "whatsapp", contacts: [contact], messages: [{ id }] });
}
