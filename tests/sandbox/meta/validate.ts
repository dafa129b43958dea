import { isRecord, record, string } from "../core/http";
import type { TemplateRequest } from "./template-send";

const TYPES = [
  "text",
  "template",
  "image",
  "video",
  "audio",
  "document",
  "sticker",
  "location",
  "contacts",
  "interactive",
  "reaction",
] as const;

export type SendType = (typeof TYPES)[number];

/** A message that is in order, apart from whether it may be sent. */
export interface SendRequest {
  kind: "message";
  type: SendType;
  to: string;
  recipient: string;
  /** What the customer sees; of a template it is what was approved, filled in. */
  text: string;
  template: TemplateRequest | undefined;
  callbackData: string | undefined;
  /** Of a picture, a document and the like that was uploaded before. */
  mediaId: string | undefined;
}

export interface MarkRead {
  kind: "read";
  messageId: string;
  typing: boolean;
}

export interface Invalid {
  kind: "invalid";
  code: number;
  details: string;
}

const MAX_TEXT = 4_096;
const MAX_CALLBACK_BYTES = 512;

const invalid = (details: string, code = 100): Invalid => ({ kind: "invalid", code, details });

/** Reads a request to `/messages` as strictly as Meta does. Source: "Send messages" reference */
export function readSend(body: unknown): SendRequest | MarkRead | Invalid {
  if (!isRecord(body)) return invalid("The request body must be a JSON object.");
  if (body.messaging_product !== "whatsapp") return invalid("The parameter messaging_product is required.");
  if (body.status !== undefined) return readMark(body);
  const to = string(body.to);
  const recipient = string(body.recipient);
  if (to === "" && recipient === "") return invalid("The parameter to is required.");
  const type = TYPES.find((one) => one === (body.type ?? "text"));
  if (!type) return invalid("Unsupported message type.", 131051);
  if (body.recipient_type !== undefined && body.recipient_type !== "individual")
    return invalid("Param recipient_type must be one of {INDIVIDUAL}.");
  const content = readContent(type, body[type]);
  if (typeof content !== "string") return content;
  const callbackData = body.biz_opaque_callback_data;
  if (
    callbackData !== undefined &&
    (typeof callbackData !== "string" || Buffer.byteLength(callbackData) > MAX_CALLBACK_BYTES)
  )
    return invalid("Param biz_opaque_callback_data must be at most 512 characters long.");
  return {
    kind: "message",
    type,
    to,
    recipient,
    text: content,
    template: templateOf(type, body),
    callbackData,
    mediaId: string(record(body[type]).id) || undefined,
  };
}

function readMark(body: Record<string, unknown>): MarkRead | Invalid {
  if (body.status !== "read") return invalid("Param status must be one of {READ}.");
  if (string(body.message_id) === "") return invalid("The parameter message_id is required.");
  const { typing_indicator: typing } = body;
  if (typing !== undefined && record(typing).type !== "text")
    return invalid("Param typing_indicator['type'] must be one of {TEXT}.");
  return { kind: "read", messageId: string(body.message_id), typing: typing !== undefined };
}

function readContent(type: SendType, content: unknown): string | Invalid {
  if (type === "contacts")
    return Array.isArray(content) && content.length > 0 ? "[contact]" : required("contacts");
  if (!isRecord(content)) return required(type);
  switch (type) {
    case "text":
      return readText(content);
    case "template":
      return readTemplate(content);
    case "location":
      return isPosition(content)
        ? `[location] ${string(content.name)}`.trim()
        : required("location['latitude']");
    case "reaction":
      return string(content.message_id) === "" ? required("reaction['message_id']") : string(content.emoji);
    case "interactive":
      return string(record(content.body).text) || required("interactive['body']");
    default:
      return string(content.id) || string(content.link)
        ? `[${type}] ${string(content.caption)}`.trim()
        : required(`${type}['id']`);
  }
}

const required = (name: string): Invalid => invalid(`The parameter ${name} is required.`);

function readText({ body }: Record<string, unknown>): string | Invalid {
  if (typeof body !== "string" || body.trim() === "") return required("text['body']");
  if (body.length > MAX_TEXT)
    return invalid(`Param text['body'] must be at most ${MAX_TEXT} characters long.`);
  return body;
}

function readTemplate({ name, language }: Record<string, unknown>): string | Invalid {
  if (typeof name !== "string" || name === "") return required("template['name']");
  if (string(record(language).code) === "") return required("template['language']['code']");
  return `[template ${name}]`;
}

function templateOf(type: SendType, body: Record<string, unknown>): TemplateRequest | undefined {
  if (type !== "template") return undefined;
  const { name, language, components } = record(body.template);
  return {
    name: string(name),
    language: string(record(language).code),
    components: Array.isArray(components) ? components : [],
  };
}

const isPosition = ({ latitude, longitude }: Record<string, unknown>): boolean =>
  [latitude, longitude].every((value) => Number.isFinite(typeof value === "string" ? Number(value) : value));
