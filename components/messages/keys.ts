/** What can be done by key: one table for the handler, the help and `aria-keyshortcuts`. */
export type KeyAction =
  | "next"
  | "previous"
  | "open-next"
  | "open-previous"
  | "search"
  | "reply"
  | "note"
  | "assign"
  | "done"
  | "undo"
  | "snooze"
  | "template"
  | "hold"
  | "customer"
  | "go-inbox"
  | "go-voice"
  | "help";

export type KeyGroup = "List" | "Conversation" | "Everywhere";

type Key = {
  readonly action: KeyAction;
  /** Alternatives. `Alt+J` is held down together, `g i` is pressed one after the other. */
  readonly keys: readonly string[];
  readonly group: KeyGroup;
  readonly label: string;
};

/** Stands between two keys that are pressed one after the other. */
export const SECOND_KEY = " ";

export const KEYS: readonly Key[] = [
  { action: "next", keys: ["j", "ArrowDown"], group: "List", label: "Move to the next conversation" },
  { action: "previous", keys: ["k", "ArrowUp"], group: "List", label: "Move to the previous conversation" },
  { action: "open-next", keys: ["Alt+J"], group: "List", label: "Open the next conversation" },
  { action: "open-previous", keys: ["Alt+K"], group: "List", label: "Open the previous conversation" },
  { action: "search", keys: ["/"], group: "List", label: "Search" },
  { action: "reply", keys: ["r"], group: "Conversation", label: "Write a reply" },
  { action: "note", keys: ["n"], group: "Conversation", label: "Write an internal note" },
  { action: "template", keys: ["t"], group: "Conversation", label: "Choose a template" },
  { action: "assign", keys: ["a"], group: "Conversation", label: "Assign to me" },
  { action: "hold", keys: ["h"], group: "Conversation", label: "Take over from the AI, or hand back" },
  { action: "customer", keys: ["c"], group: "Conversation", label: "Show or hide the customer" },
  { action: "snooze", keys: ["s"], group: "Conversation", label: "Snooze" },
  { action: "done", keys: ["e"], group: "Conversation", label: "Done, and open the next one" },
  { action: "undo", keys: ["u"], group: "Conversation", label: "Undo: reopen what was done last" },
  { action: "go-inbox", keys: ["g i"], group: "Everywhere", label: "Go to the Messaging Inbox" },
  { action: "go-voice", keys: ["g v"], group: "Everywhere", label: "Go to the Voice Dashboard" },
  { action: "help", keys: ["?"], group: "Everywhere", label: "Show these keys" },
];

/** A key as the browser reports it. Letters with Alt are told apart by `code`: with Option a Mac types others. */
export type Stroke = Pick<
  KeyboardEvent,
  "key" | "code" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey" | "repeat" | "isComposing"
>;

export type KeyScene = {
  /** Single letters and signs count: people can switch them off. */
  readonly letters: boolean;
  /** Something is being typed into. */
  readonly inField: boolean;
  /** The focus is in the list of conversations: arrows are its own there. */
  readonly inList: boolean;
  /** The first key of two, where it was pressed just now. */
  readonly begun: string | null;
};

/** What a key means: an action, the first of two keys, or nothing of ours. */
export type Meant = { readonly action: KeyAction } | { readonly begun: string } | null;

const REPEATABLE: ReadonlySet<KeyAction> = new Set(["next", "previous"]);

export function meantBy(stroke: Stroke, scene: KeyScene): Meant {
  if (stroke.isComposing || stroke.ctrlKey || stroke.metaKey) return null;
  const pressed = nameOf(stroke);
  if (isCharacter(pressed) && (scene.inField || !scene.letters)) return null;
  if (pressed.startsWith("Arrow") && !scene.inList) return null;
  const typed = scene.begun === null ? pressed : scene.begun + SECOND_KEY + pressed;
  const found = KEYS.find(({ keys }) => keys.includes(typed));
  if (found) return stroke.repeat && !REPEATABLE.has(found.action) ? null : { action: found.action };
  const begins = KEYS.some(({ keys }) => keys.some((key) => key.startsWith(pressed + SECOND_KEY)));
  return begins ? { begun: pressed } : null;
}

/** As the table writes it. `?` needs Shift on most keyboards; a letter with Shift is not the letter. */
function nameOf({ key, code, altKey, shiftKey }: Stroke): string {
  if (altKey) return `${shiftKey ? "Shift+" : ""}Alt+${code.replace(/^Key/, "")}`;
  const isLetter = /^\p{L}$/u.test(key);
  if (shiftKey && (isLetter || key.length > 1)) return `Shift+${key}`;
  return isLetter ? key.toLowerCase() : key;
}

const isCharacter = (key: string): boolean => [...key].length === 1;

const keysOf = (action: KeyAction): readonly string[] =>
  KEYS.find((one) => one.action === action)?.keys ?? [];

/** For `aria-keyshortcuts`, which knows no keys one after the other; undefined where there is nothing to say. */
export function ariaKeys(action: KeyAction, letters: boolean): string | undefined {
  const said = keysOf(action)
    .filter((key) => !key.includes(SECOND_KEY) && (letters || !isCharacter(key)))
    .map((key) => (isCharacter(key) ? key.toUpperCase() : key));
  return said.length === 0 ? undefined : said.join(" ");
}
