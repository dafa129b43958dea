import { z } from "zod";
import type { OutboundMessage, SendOutcome } from "@/lib/inbox/core/message";
import type { TemplateParameter, TemplateSend } from "@/lib/inbox/core/template";
import { neverReached } from "../never-reached";
import { metaErrors } from "./errors";
import { graphHeaders, graphUrl } from "./graph";

const TIMEOUT_MS = 10_000;
const UNREACHED_MS = 5_000;

/** Asking again could send it twice, so a person decides. */
const NOT_KNOWN: SendOutcome = {
  kind: "failed",
  reason: "It is not known whether this was sent: WhatsApp did not answer. Check before you send it again.",
  next: "tell-staff",
};

const accepted = z.looseObject({
  messages: z.array(z.looseObject({ id: z.string().min(1).max(256) })).min(1),
});
const refused = z.looseObject({ error: z.looseObject({ code: z.number().int() }) });

/**
 * Sends a text, a file that Meta has, or a template through Meta's Cloud API; `attempt` counts from 1. Our message id travels along and comes back on
 * every status. The caller has looked at the 24-hour window, which a template alone does not need. What may have been taken is never sent again by itself.
 * Source: Meta, "Send messages"
 */
export async function sendWhatsApp(message: OutboundMessage, attempt = 1): Promise<SendOutcome> {
  const address = addressOf(message.to);
  if (!address)
    return { kind: "failed", reason: "This customer has no WhatsApp address.", next: "tell-staff" };
  try {
    const response = await post(message, address);
    return read(response.status, await response.json().catch(() => undefined), attempt);
  } catch (error) {
    if (!neverReached(error)) return NOT_KNOWN;
    return { kind: "retry", afterMs: UNREACHED_MS * attempt, reason: "WhatsApp could not be reached." };
  }
}

type Address = { readonly to: string } | { readonly recipient: string };

/** With its plus, or Meta would put the garage's own country code in front; `recipient` takes business-scoped ids. */
function addressOf({ waId, phone, bsuid }: OutboundMessage["to"]): Address | undefined {
  if (waId !== undefined) return { to: `+${waId.replace(/^\+/, "")}` };
  if (phone !== undefined) return { to: phone };
  return bsuid === undefined ? undefined : { recipient: bsuid };
}

function post(message: OutboundMessage, address: Address): Promise<Response> {
  return fetch(graphUrl(message.identity, "messages"), {
    method: "POST",
    headers: { ...graphHeaders(), "content-type": "application/json" },
    body: JSON.stringify({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      ...address,
      ...contentOf(message),
      biz_opaque_callback_data: message.messageId,
    }),
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
}

/** Source: Meta, "Send messages" (text, image, document, template) */
function contentOf({ body, file, template }: OutboundMessage): Record<string, unknown> {
  if (template) return templateOf(template);
  if (!file) return { type: "text", text: { preview_url: false, body } };
  const { kind, ref, fileName, caption } = file;
  const words = caption === null ? {} : { caption };
  if (kind === "image") return { type: "image", image: { id: ref, ...words } };
  return { type: "document", document: { id: ref, filename: fileName, ...words } };
}

/** In its approved language, with its parameters. */
function templateOf({ name, language, parameters }: TemplateSend): Record<string, unknown> {
  const components = componentsOf(parameters);
  return {
    type: "template",
    template: { name, language: { code: language }, ...(components.length > 0 && { components }) },
  };
}

function componentsOf(parameters: readonly TemplateParameter[]): Record<string, unknown>[] {
  const texts = (part: "header" | "body") => {
    const own = parameters.filter((one) => one.part === part);
    const given = own.map(({ name, text }) => ({
      type: "text",
      ...(name !== undefined && { parameter_name: name }),
      text,
    }));
    return given.length > 0 ? [{ type: part, parameters: given }] : [];
  };
  const buttons = parameters
    .filter(({ part }) => part === "button")
    .map(({ index = 0, text }) => ({
      type: "button",
      sub_type: "url",
      index: String(index),
      parameters: [{ type: "text", text }],
    }));
  return [...texts("header"), ...texts("body"), ...buttons];
}

/** An error's numeric code alone decides; an answer without one decides nothing. */
function read(status: number, body: unknown, attempt: number): SendOutcome {
  const error = refused.safeParse(body);
  if (error.success) return metaErrors.refusedSend(error.data.error.code, attempt);
  const taken = accepted.safeParse(body);
  const providerId = taken.success ? taken.data.messages[0]?.id : undefined;
  if (providerId !== undefined) return { kind: "sent", providerId };
  if (status >= 400 && status < 500)
    return { kind: "failed", reason: "WhatsApp refused this message without a reason.", next: "tell-staff" };
  return NOT_KNOWN;
}
