import type { Json, MessageType } from "@/lib/inbox/core/message";
import { parseRecord } from "@/lib/shared/clean-json";
import { isVisible } from "@/lib/shared/visible-text";
import { isRecord, type MediaItem, type MetaContent } from "./shapes";

/** What a message says, in words and in parts. */
export type Content = {
  readonly type: MessageType;
  readonly body: string;
  readonly parts?: unknown;
  readonly refersTo?: string | undefined;
  /** False where no answer is expected, whatever the type usually means. */
  readonly wantsAnswer: boolean;
};

const MAX_LISTED = 50;

/** A customer’s words; where nothing of them can be seen, no answer is expected. */
const says = (type: MessageType, body: string, parts?: unknown): Content => ({
  type,
  body,
  parts,
  wantsAnswer: isVisible(body),
});

const notes = (type: MessageType, body: string, refersTo?: string, parts?: unknown): Content => ({
  type,
  body,
  parts,
  refersTo,
  wantsAnswer: false,
});

/** Reads every type that Meta documents; undefined for one that it does not. */
export function readContent(message: MetaContent): Content | undefined {
  switch (message.type) {
    case "text":
      return says("text", message.text.body ?? "");
    case "image":
      return media("image", message.image, "Picture");
    case "video":
      return media("video", message.video, "Video");
    case "audio":
      return media("audio", message.audio, message.audio.voice ? "Voice message" : "Audio");
    case "document":
      return media("document", message.document, message.document.filename ?? "Document");
    case "sticker":
      return media("sticker", message.sticker, "Sticker");
    case "location":
      return readLocation(message);
    case "contacts":
      return says("contacts", contactNames(message.contacts), {
        contacts: message.contacts.slice(0, MAX_LISTED),
      });
    case "button":
      return says("button", message.button.text ?? message.button.payload ?? "", {
        button: { payload: message.button.payload },
      });
    case "interactive":
      return readInteractive(message);
    case "order":
      return readOrder(message);
    case "reaction":
      return notes("reaction", message.reaction.emoji || "Removed a reaction", message.reaction.message_id, {
        reaction: { emoji: message.reaction.emoji || null },
      });
    case "revoke":
      return notes("revoke", "Deleted a message", message.revoke.original_message_id);
    case "request_welcome":
      return notes("system", "Opened the chat", undefined, { system: { type: message.type } });
    case "system":
      return notes("system", message.system.body ?? "", undefined, { system: message.system });
    case "unsupported":
      return readUnsupported(message);
    default:
      return undefined;
  }
}

/** The link in Meta's webhook dies after five minutes: its id is what fetches the media. */
function media(type: MessageType, item: MediaItem, otherwise: string): Content {
  const { id, mime_type: mimeType, sha256, filename, voice, animated } = item;
  return says(type, item.caption || otherwise, {
    media: [{ id, mimeType, sha256, filename, voice, animated }],
    ...(item.caption && { captioned: true }),
  });
}

function readLocation({ location }: MetaContent): Content {
  const { latitude, longitude, name, address, url } = location;
  const words = [name, address].filter(Boolean).join(", ");
  return says("location", words || "Location", { location: { latitude, longitude, name, address, url } });
}

function contactNames(contacts: readonly unknown[]): string {
  const names = contacts.slice(0, MAX_LISTED).flatMap((contact) => {
    const name = isRecord(contact) && isRecord(contact.name) ? contact.name.formatted_name : undefined;
    return typeof name === "string" && name !== "" ? [name] : [];
  });
  return `Contact: ${names.join(", ") || "no name"}`;
}

function readInteractive({ interactive }: MetaContent): Content {
  const {
    type,
    button_reply: button,
    list_reply: row,
    nfm_reply: form,
    call_permission_reply: call,
  } = interactive;
  switch (type) {
    case "button_reply":
      return says("interactive", button.title ?? "", { interactive: { type, id: button.id } });
    case "list_reply":
      return says("interactive", row.title ?? "", {
        interactive: { type, id: row.id, description: row.description },
      });
    case "nfm_reply": {
      const answers = form.response_json === undefined ? undefined : parseRecord(form.response_json);
      return says("interactive", form.body || "Sent a form", {
        interactive: { type, name: form.name, answers },
      });
    }
    case "call_permission_reply":
      return says("interactive", call.response === "accept" ? "Agreed to calls" : "Declined calls", {
        interactive: call,
      });
    default:
      return says("interactive", "Made a choice", { interactive });
  }
}

function readOrder({ order }: MetaContent): Content {
  const items = order.product_items.slice(0, MAX_LISTED);
  const count = order.product_items.length;
  const words = order.text || `Order of ${count} ${count === 1 ? "item" : "items"}`;
  return says("order", words, { order: { catalogId: order.catalog_id, items } });
}

/** A later word on an earlier message, where WhatsApp says only that there was one. */
const ABOUT_ANOTHER = new Set(["edit", "revoke", "reaction"]);

/** Meta's code for a message that it may not pass on to businesses at all; nothing is to be sent in reply. */
const NOT_FOR_BUSINESSES = 131060;

/** Nobody can read it, but somebody wrote: only what is no message of its own wants no answer. */
function readUnsupported({ errors, unsupported }: MetaContent): Content {
  const parts = { unsupported: { type: unsupported.type, code: errors.code } };
  const isMessage = errors.code !== NOT_FOR_BUSINESSES && !ABOUT_ANOTHER.has(unsupported.type ?? "");
  return {
    type: "unsupported",
    body: "Sent something that WhatsApp does not pass on",
    parts,
    wantsAnswer: isMessage,
  };
}

const MAX_PARTS = 64 * 1024;

/** Parts as a column holds them: JSON without what is undefined, and of a bounded size. */
export function storableParts(parts: Record<string, unknown>): Json | undefined {
  const text = JSON.stringify(parts);
  if (text === "{}") return undefined;
  return text.length > MAX_PARTS ? { tooLarge: true } : (JSON.parse(text) as Json);
}
