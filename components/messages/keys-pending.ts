import type { KeyAction, Meant, Stroke } from "./keys";

type WriteAction = "reply" | "note";

/** What an action by key has begun and not finished. Until it has, letters are text and never commands. */
export type Pending = {
  /** The conversation that is being opened. */
  readonly opening: string | null;
  /** Where its `text` goes once it is there; null where nobody asked to write, and what is typed is dropped. */
  readonly writes: WriteAction | null;
  readonly text: string;
  /** What is done once it is there: asked for by one key, after which nothing else was typed. */
  readonly afterwards: KeyAction | null;
  /** When a key last belonged to a text, as `Event.timeStamp` counts: the text goes on until there is a pause. */
  readonly typedAt: number | null;
};

export const NOTHING_PENDING: Pending = {
  opening: null,
  writes: null,
  text: "",
  afterwards: null,
  typedAt: null,
};

/** Whoever types on does so within this time. */
export const PAUSE_MS = 1_000;

/** Their focus may be on its way, or find no field: what is typed after them is not meant for the page. */
const LEADS_TO_FIELD: ReadonlySet<KeyAction> = new Set(["reply", "note", "template", "snooze"]);

/** They do not concern the conversation that is being opened. */
const ELSEWHERE: ReadonlySet<KeyAction> = new Set(["next", "previous", "search", "help"]);

/** They can wait for it: nothing is sent, nor taken for read. Done and handing over are for what somebody has seen. */
const CAN_WAIT: ReadonlySet<KeyAction> = new Set(["assign", "snooze", "template", "customer"]);

const isWrite = (action: KeyAction | null): action is WriteAction => action === "reply" || action === "note";

type Heard = {
  readonly pending: Pending;
  /** The key has done its work: neither a command nor the browser's. */
  readonly isTaken: boolean;
};

export const openingOf = (id: string): Pending => ({ ...NOTHING_PENDING, opening: id });

/** The pointer goes elsewhere: what was typed is given up, and what is being opened still comes. */
export const pointedAt = ({ opening }: Pending): Pending => ({ ...NOTHING_PENDING, opening });

/** The conversation is there: what was typed is with its field, or dropped, and may still go on. */
export const arrivedAt = ({ writes, afterwards, typedAt }: Pending, now: number): Pending => ({
  ...NOTHING_PENDING,
  typedAt: writes !== null ? now : afterwards !== null ? null : typedAt,
});

/** `action` has just been run by its key. */
export const ranAt = (pending: Pending, action: KeyAction, at: number): Pending =>
  LEADS_TO_FIELD.has(action) ? { ...pending, typedAt: at } : pending;

type Pressed = Pick<Stroke, "key" | "ctrlKey" | "metaKey" | "altKey" | "repeat" | "isComposing"> & {
  readonly at: number;
  /** Something is being typed into, which takes its letters itself. */
  readonly inField: boolean;
};

/** Hears a key before it becomes a command. `meant` is what it would mean. */
export function hear(pending: Pending, stroke: Pressed, meant: Meant): Heard {
  const { key, at } = stroke;
  const { opening, writes, text, typedAt } = pending;
  const pass = (next = pending): Heard => ({ pending: next, isTaken: false });
  const take = (next: Partial<Pending>): Heard => ({
    pending: { ...pending, typedAt: at, ...next },
    isTaken: true,
  });
  if (stroke.inField) return pass(typedAt === null ? pending : { ...pending, typedAt: null });
  const isText = typedAt !== null && at - typedAt < PAUSE_MS;
  if (stroke.isComposing || stroke.ctrlKey || stroke.metaKey || stroke.altKey) return pass();
  if (opening === null && !isText) return pass();
  if (key === "Escape") return pass(NOTHING_PENDING);
  // What was typed blindly is never sent, and presses nothing.
  const isTyping = isText || writes !== null;
  if ((key === "Enter" || key === " ") && !isTyping) return pass();
  if (key === "Enter") return take({});
  if (key === "Backspace") return take({ text: [...text].slice(0, -1).join(""), afterwards: null });
  if ([...key].length !== 1) return pass();
  const action = !isTyping && meant !== null && "action" in meant ? meant.action : null;
  if (action !== null && ELSEWHERE.has(action)) return pass();
  if (stroke.repeat) return take({});
  if (writes !== null) return take({ text: text + key });
  if (isWrite(action)) return take({ writes: action });
  return take({ afterwards: action !== null && CAN_WAIT.has(action) ? action : null });
}
