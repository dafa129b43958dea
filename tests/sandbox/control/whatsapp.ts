import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Route } from "../core/router";
import { callBusiness } from "../meta/calls";
import { type Content, type CustomerMessage, receiveFromCustomer, record } from "../meta/inbound";
import { tellStatus } from "../meta/list-templates";
import { BSUID, stranger, userOf } from "../meta/users";
import { metaDelivery } from "../meta/webhooks";
import { E164, lineOf, pictureInput, pictureOf } from "./identities";
import type { Parts } from "./parts";
import { readBody, route } from "./respond";

const MAX_AGE_SECONDS = 366 * 86_400;
const age = z.number().min(0).max(MAX_AGE_SECONDS).default(0);
const location = z.strictObject({
  latitude: z.number(),
  longitude: z.number(),
  name: z.string().default(""),
  address: z.string().default(""),
});

const messageInput = z
  .strictObject({
    text: z.string().min(1).max(65_536).optional(),
    picture: pictureInput.optional(),
    caption: z.string().max(1_024).default(""),
    location: location.optional(),
    /** Any other type in Meta's own words, such as `{ type: "reaction", reaction: { … } }`. */
    other: z.looseObject({ type: z.string().min(1) }).optional(),
    id: z.string().min(1).optional(),
    /** Written in a group of this id. */
    group: z.string().min(1).optional(),
    /** How long ago the customer sent it; beyond 24 hours it is outside the window. */
    ageSeconds: age,
  })
  .refine(
    ({ text, picture, location: place, other }) => [text, picture, place, other].filter(Boolean).length === 1,
    {
      message: "exactly one of text, picture, location, other",
    },
  );

export const messagesInput = z.strictObject({
  line: z.string(),
  from: E164,
  name: z.string().max(120).default("Alex Carter"),
  identity: z.enum(["both", "id-only", "number-only"]).default("both"),
  messages: z.array(messageInput).min(1).max(1_000),
});

const windowInput = z.strictObject({
  line: z.string(),
  /** A number, or the business-scoped id of somebody whose number the garage does not know. */
  from: z.union([E164, z.string().regex(BSUID)]),
  ageSeconds: age,
  id: z.string().optional(),
});
export const whatsAppCallInput = z.strictObject({
  line: z.string(),
  from: E164,
  name: z.string().max(120).default("Alex Carter"),
  /** How long they speak; null where nobody picks up. */
  seconds: z.number().int().min(0).max(86_400).nullable().default(null),
});
const templateInput = z.strictObject({
  line: z.string(),
  name: z.string().min(1).max(512),
  language: z.string().min(2).max(10).default("en_GB"),
  status: z.enum(["APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"]).optional(),
  category: z.enum(["UTILITY", "MARKETING", "AUTHENTICATION"]).optional(),
  parameter_format: z.enum(["NAMED", "POSITIONAL"]).optional(),
  components: z.array(z.looseObject({ type: z.string() })).optional(),
  /** Whether the application is told. */
  tell: z.boolean().default(true),
});
export type TemplateInput = z.input<typeof templateInput>;
const withdrawInput = z.strictObject({
  line: z.string(),
  /** Without it, every one of the account. */
  name: z.string().optional(),
  tell: z.boolean().default(true),
});
const marketingInput = z.strictObject({
  customer: E164,
  /** `limited`: WhatsApp holds marketing back (131049). `stopped`: they asked for none (131050). */
  state: z.enum(["allowed", "limited", "stopped"]),
});
/** A file that Meta has, for a message of `other` to name. */
export const mediaInput = z.strictObject({ base64: z.base64(), mime: z.string().max(100) });
const rawInput = z.strictObject({
  /** Of this business account. */
  account: z.string().default("102290129340398"),
  changes: z.array(z.strictObject({ field: z.string(), value: z.record(z.string(), z.unknown()) })).min(1),
});

function contentOf({ sandbox }: Parts, given: z.output<typeof messageInput>): Content {
  const { text, picture, caption, location: place, other } = given;
  if (picture !== undefined) return { type: "image", media: pictureOf(sandbox, picture), caption };
  if (place !== undefined) return { type: "location", ...place };
  if (other !== undefined) return { type: "other", fields: other };
  return { type: "text", text: text ?? "" };
}

function send(parts: Parts, given: z.output<typeof messagesInput>) {
  const { sandbox, meta } = parts;
  const messages = given.messages.map(
    (message): CustomerMessage => ({
      id: message.id,
      groupId: message.group,
      content: contentOf(parts, message),
      atMs: sandbox.clock.time() - message.ageSeconds * 1_000,
    }),
  );
  const user = userOf(given.from, given.name);
  const ids = receiveFromCustomer(meta, {
    line: lineOf(sandbox, given.line),
    user,
    messages,
    identity: given.identity,
  });
  return { ids, user };
}

/** Makes or changes a template of the account that a line belongs to. */
function putTemplate({ sandbox, meta }: Parts, given: z.output<typeof templateInput>) {
  const { line, tell, ...changes } = given;
  const { businessAccountId: account } = lineOf(sandbox, line);
  const before = meta.templates.find(account, changes.name, changes.language)?.status;
  const known = Object.entries(changes).filter(([, value]) => value !== undefined);
  const template = meta.templates.put(account, Object.fromEntries(known) as { name: string });
  if (tell && template.status !== before) tellStatus(sandbox, account, template, template.status);
  return template;
}

function withdrawTemplates({ sandbox, meta }: Parts, { line, name, tell }: z.output<typeof withdrawInput>) {
  const { businessAccountId: account } = lineOf(sandbox, line);
  const [first] = meta.templates.of(account).filter((one) => name === undefined || one.name === name);
  const removed = meta.templates.remove(account, name);
  if (tell && first) tellStatus(sandbox, account, first, "DELETED");
  return { removed };
}

/** The handshake when a webhook's address is entered at Meta. */
async function verify({ sandbox }: Parts) {
  const challenge = String(randomBytes(4).readUInt32BE());
  const query = new URLSearchParams({
    "hub.mode": "subscribe",
    "hub.challenge": challenge,
    "hub.verify_token": sandbox.secrets.metaVerifyToken,
  });
  const response = await fetch(`${sandbox.settings().appUrl}/api/webhooks/whatsapp?${query}`);
  const body = await response.text();
  return { verified: response.status === 200 && body === challenge, status: response.status };
}

/** What customers do on WhatsApp, and what Meta does by itself. */
export function whatsAppRoutes(parts: Parts): Route[] {
  const { sandbox, meta } = parts;
  return [
    route("POST", "/whatsapp/messages", (request) => send(parts, readBody(messagesInput, request))),
    route("POST", "/whatsapp/calls", (request) => {
      const { line, from, name, seconds } = readBody(whatsAppCallInput, request);
      return { id: callBusiness(meta, { line: lineOf(sandbox, line), user: userOf(from, name), seconds }) };
    }),
    route("POST", "/whatsapp/windows", (request) => {
      const { line: identity, from, ageSeconds, id } = readBody(windowInput, request);
      const line = lineOf(sandbox, identity);
      const user = BSUID.test(from) ? stranger(from) : userOf(from, "");
      const atMs = sandbox.clock.time() - ageSeconds * 1_000;
      record(meta, line, user, { id: id ?? "", atMs, type: "text" });
      return { closesAt: meta.windows.closesAt(line.whatsAppNumberId, user.waId || user.bsuid) };
    }),
    route("POST", "/whatsapp/media", (request) => {
      const { base64, mime } = readBody(mediaInput, request);
      const { id, sha256 } = sandbox.media.add(Buffer.from(base64, "base64"), mime);
      return { id, sha256: sha256.toString("base64") };
    }),
    route("POST", "/whatsapp/raw", (request) => {
      const { account, changes } = readBody(rawInput, request);
      sandbox.outbox.enqueue(
        metaDelivery(sandbox, {
          type: "raw",
          lane: "meta:raw",
          labels: {},
          changes: changes.map((change) => ({ account, ...change })),
        }),
      );
    }),
    route("GET", "/whatsapp/templates", ({ url }) => ({
      templates: meta.templates.of(lineOf(sandbox, url.searchParams.get("line") ?? "").businessAccountId),
    })),
    route("POST", "/whatsapp/templates", (request) => putTemplate(parts, readBody(templateInput, request))),
    route("POST", "/whatsapp/templates/withdraw", (request) =>
      withdrawTemplates(parts, readBody(withdrawInput, request)),
    ),
    route("POST", "/whatsapp/marketing", (request) => {
      const { customer, state } = readBody(marketingInput, request);
      if (state === "allowed") meta.spared.delete(customer);
      else meta.spared.set(customer, state);
    }),
    route("POST", "/whatsapp/verify", () => verify(parts)),
  ];
}
