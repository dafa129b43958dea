import { z } from "zod";
import { readInstant } from "@/lib/shared/instant";

// Meta's webhook, read tolerantly: any field may be missing, null or of another type, and unknown ones pass.
// Source: Meta, "messages webhook reference" and the samples it names.

/** Longer than any id of Meta's, and short enough for an index. */
const MAX_ID = 256;

/** An id, kept as it is written; anything unusable as one counts as absent, also a step through a path's folders. */
const id = z
  .union([z.string(), z.number().transform(String)])
  .transform((value) => (!["", ".", ".."].includes(value) && value.length <= MAX_ID ? value : undefined))
  .optional()
  .catch(undefined);

/** Text of any length, as it is; anything else counts as absent. */
const prose = z.string().optional().catch(undefined);

const number = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d{1,15}(\.\d{1,15})?$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined);

const flag = z.boolean().optional().catch(undefined);

const list = z.array(z.unknown()).catch([]);

const anything = z.unknown().optional();

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An object with these fields; anything else counts as an empty one. */
const part = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((value) => (isRecord(value) ? value : {}), z.looseObject(shape));

export const envelope = z.looseObject({ object: z.string(), entry: z.array(z.unknown()) });

export const entry = part({ id, changes: list });

export const change = part({ field: prose, value: anything });

export const value = part({
  metadata: part({ phone_number_id: id }),
  contacts: list,
  messages: list,
  message_echoes: list,
  calls: list,
  statuses: list,
  errors: list,
});

export const contact = part({ wa_id: id, user_id: id, profile: part({ name: prose, username: prose }) });

const errorItem = part({ code: number, title: prose, error_data: part({ details: prose }) });

/** The first of Meta's errors; those beside it say the same in other words. */
const errors = list.transform((items) => errorItem.parse(items[0]));

const mediaItem = part({
  id,
  mime_type: prose,
  sha256: prose,
  caption: prose,
  filename: prose,
  voice: flag,
  animated: flag,
});

export type MediaItem = z.output<typeof mediaItem>;

const content = {
  type: id,
  text: part({ body: prose }),
  image: mediaItem,
  video: mediaItem,
  audio: mediaItem,
  document: mediaItem,
  sticker: mediaItem,
  location: part({ latitude: number, longitude: number, name: prose, address: prose, url: prose }),
  contacts: list,
  button: part({ text: prose, payload: prose }),
  interactive: part({
    type: id,
    button_reply: part({ id: prose, title: prose }),
    list_reply: part({ id: prose, title: prose, description: prose }),
    nfm_reply: part({ name: prose, body: prose, response_json: prose }),
    call_permission_reply: part({ response: id }),
  }),
  reaction: part({ message_id: id, emoji: prose }),
  order: part({ catalog_id: prose, text: prose, product_items: list }),
  system: part({ type: id, body: prose, wa_id: id, user_id: id, previous_user_id: id }),
  unsupported: part({ type: id }),
  errors,
  revoke: part({ original_message_id: id }),
};

const innerMessage = part(content);

export const message = part({
  ...content,
  id,
  from: id,
  from_user_id: id,
  to: id,
  to_user_id: id,
  timestamp: anything,
  group_id: id,
  context: part({ id, forwarded: flag, referred_product: anything }),
  referral: anything,
  edit: part({ original_message_id: id, message: innerMessage }),
});

export const call = part({
  id,
  from: id,
  from_user_id: id,
  event: id,
  direction: id,
  status: id,
  duration: number,
  timestamp: anything,
});

export type MetaMessage = z.output<typeof message>;
/** What a message says, whether it stands by itself or inside an edit. */
export type MetaContent = z.output<typeof innerMessage>;

export const status = part({
  id,
  status: id,
  timestamp: anything,
  biz_opaque_callback_data: prose,
  errors,
});

/** WhatsApp's first year. */
const EARLIEST = Date.UTC(2009);

/** Meta's time, Unix seconds in text; never later than the receipt, which also stands in for what cannot be read. */
export function readTime(given: unknown, receivedAt: Date): Date {
  const at = readInstant(given);
  return at && at.getTime() >= EARLIEST && at < receivedAt ? at : receivedAt;
}
