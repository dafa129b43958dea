import type { Outcome } from "../core/delivery";
import { record as fieldsIn, string } from "../core/http";
import { newId } from "../core/ids";
import type { Line } from "../core/lines";
import type { Media } from "../core/media";
import { mediaUrl } from "./media";
import type { MetaState } from "./state";
import { customerOf, type MetaUser } from "./users";
import { type Change, messagesChange, metaDelivery } from "./webhooks";

/** What a customer sends: text, a picture, a place, or any other type in Meta's own words. */
export type Content =
  | { type: "text"; text: string }
  | { type: "image"; media: Media; caption: string }
  | { type: "location"; latitude: number; longitude: number; name: string; address: string }
  /** `fields` go into the message as they are, such as `{ reaction: { message_id, emoji } }`. */
  | { type: "other"; fields: Readonly<Record<string, unknown>> & { type: string } };

export interface CustomerMessage {
  id?: string | undefined;
  content: Content;
  /** Written in a group of this id: it opens no private window. */
  groupId?: string | undefined;
  /** When the customer sent it, in milliseconds; Meta delivers it with this time, however late. */
  atMs: number;
}

export interface CustomerMessages {
  line: Line;
  user: MetaUser;
  /** All of them in one POST. */
  messages: readonly CustomerMessage[];
  /** The sender as the business sees it: with number and id, only the id (user names), or only the number (before 2026). */
  identity: "both" | "id-only" | "number-only";
}

/** Meta does not document that these open the window, so here they do not. */
const NOT_COUNTED = new Set(["reaction", "edit", "revoke", "system", "request_welcome", "group"]);

/** A customer writes: recorded, shown on the phone, and queued for the application. Returns the messages' ids. */
export function receiveFromCustomer(state: MetaState, given: CustomerMessages): string[] {
  const { sandbox, users } = state;
  const { line, user, messages } = given;
  users.remember(user);
  const numbered = messages.map((message) => ({ ...message, id: message.id ?? newId.wamid(user.waId) }));
  const customer = customerOf(user);
  for (const { id, content, atMs, groupId } of numbered) {
    record(state, line, user, { id, atMs, type: groupId === undefined ? typeOf(content) : "group" });
    const picture = content.type === "image" ? { picture: `/control/media/${content.media.id}` } : {};
    const at = new Date(atMs).toISOString();
    sandbox.threads.add(line.slug, customer, {
      id,
      channel: "whatsapp",
      from: "customer",
      at,
      text: wordsOf(content),
      tick: "waiting",
      ...picture,
    });
  }
  const [first] = numbered;
  const delivery = metaDelivery(sandbox, {
    type: numbered.length > 1 ? "messages" : "message",
    lane: `meta:in:${line.whatsAppNumberId}:${user.waId}`,
    labels: { line: line.slug, customer, message: first?.id ?? "", kind: first ? typeOf(first.content) : "" },
    changes: [changeFor(state, given, numbered)],
    settled: (outcome) => {
      for (const { id } of numbered) sandbox.threads.mark(id, isTaken(outcome) ? "received" : "lost");
    },
  });
  sandbox.outbox.enqueue(delivery);
  return numbered.map(({ id }) => id);
}

/** Counts a message for the window and remembers its id, without delivering anything. */
export function record(
  state: MetaState,
  line: Line,
  user: MetaUser,
  { id, atMs, type }: { id: string; atMs: number; type: string },
): void {
  state.received.set(id, { waId: user.waId, at: atMs });
  if (NOT_COUNTED.has(type)) return;
  for (const key of [user.waId, user.bsuid].filter(Boolean))
    state.windows.record(line.whatsAppNumberId, key, atMs);
}

const isTaken = (outcome: Outcome): boolean => outcome.kind === "answered" && outcome.status === 200;

const typeOf = (content: Content): string => (content.type === "other" ? content.fields.type : content.type);

function wordsOf(content: Content): string {
  switch (content.type) {
    case "text":
      return content.text;
    case "image":
      return content.caption;
    case "location":
      return `📍 ${content.name || `${content.latitude}, ${content.longitude}`}`;
    case "other":
      return string(fieldsIn(content.fields.button).text) || `[${content.fields.type}]`;
  }
}

type Numbered = CustomerMessage & { id: string };

function changeFor(
  state: MetaState,
  { line, user, identity }: CustomerMessages,
  messages: readonly Numbered[],
): Change {
  const number = identity === "id-only" ? undefined : user.waId;
  const id = identity === "number-only" ? undefined : user.bsuid;
  return messagesChange(line, {
    contacts: [
      {
        profile: {
          name: user.name,
          ...(identity === "id-only" ? { username: `@${user.name.toLowerCase().replace(/\W+/g, "")}` } : {}),
        },
        ...(number === undefined ? {} : { wa_id: number }),
        ...(id === undefined ? {} : { user_id: id }),
      },
    ],
    messages: messages.map((message) => ({
      ...(number === undefined ? {} : { from: number }),
      ...(id === undefined ? {} : { from_user_id: id }),
      id: message.id,
      timestamp: String(Math.floor(message.atMs / 1_000)),
      ...(message.groupId === undefined ? {} : { group_id: message.groupId }),
      ...fieldsOf(state, message.content),
    })),
  });
}

/** As in `tests/samples/meta/text.json` and its neighbours for images and locations. */
function fieldsOf(state: MetaState, content: Content): Record<string, unknown> {
  switch (content.type) {
    case "text":
      return { type: "text", text: { body: content.text } };
    case "image": {
      const { id, mime, sha256 } = content.media;
      const caption = content.caption === "" ? {} : { caption: content.caption };
      return {
        type: "image",
        image: {
          ...caption,
          mime_type: mime,
          sha256: sha256.toString("base64"),
          id,
          url: mediaUrl(state, id),
        },
      };
    }
    case "location": {
      const { latitude, longitude, name, address } = content;
      return {
        type: "location",
        location: { latitude, longitude, ...(name ? { name } : {}), ...(address ? { address } : {}) },
      };
    }
    case "other":
      return { ...content.fields };
  }
}
