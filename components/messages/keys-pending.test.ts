import { describe, expect, it } from "vitest";
import { meantBy } from "./keys";
import {
  arrivedAt,
  hear,
  NOTHING_PENDING,
  openingOf,
  PAUSE_MS,
  type Pending,
  pointedAt,
  ranAt,
} from "./keys-pending";

const PLAIN = {
  code: "",
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  repeat: false,
  isComposing: false,
};
const STEP_MS = 100;

type More = Partial<Omit<typeof PLAIN, "code">> & { readonly inField?: boolean };

/** Presses one key after the other, each a moment later. Gives back which of them became commands. */
function type(from: Pending, keys: readonly string[], start = 0, more: More = {}) {
  let pending = from;
  const commands: string[] = [];
  keys.forEach((key, nth) => {
    const stroke = { ...PLAIN, key, inField: false, ...more, at: start + nth * STEP_MS };
    const meant = meantBy(stroke, { letters: true, inField: stroke.inField, inList: false, begun: null });
    const heard = hear(pending, stroke, meant);
    pending = heard.pending;
    if (heard.isTaken || meant === null || !("action" in meant)) return;
    commands.push(meant.action);
    pending = ranAt(pending, meant.action, stroke.at);
  });
  return { pending, commands };
}

describe("while a conversation is opening", () => {
  it("nothing that is typed becomes a command, nor what is typed on once it is there", () => {
    const { pending, commands } = type(openingOf("b"), [..."Yes, see you then"]);
    expect(commands).toEqual([]);
    expect(pending).toMatchObject({ opening: "b", writes: null, text: "" });
    const last = pending.typedAt ?? 0;
    const there = arrivedAt(pending, last + STEP_MS);
    expect(type(there, [..." need a van?", "Enter"], last + STEP_MS).commands).toEqual([]);
    expect(type(there, ["e"], last + PAUSE_MS).commands).toEqual(["done"]);
  });

  it.each([
    ["r", "reply"],
    ["n", "note"],
  ])("%s keeps what is typed after it for the field, and sends nothing", (key, writes) => {
    const { pending, commands } = type(openingOf("b"), [key, ..."Yes, sew", "Backspace", "e", "Enter"]);
    expect(commands).toEqual([]);
    expect(pending).toMatchObject({ writes, text: "Yes, see" });
  });

  it("a letter within a text is no command to write, nor is the first one done afterwards", () => {
    const typed = { writes: null, text: "", afterwards: null };
    expect(type(openingOf("b"), [..."are you"]).pending).toMatchObject(typed);
    expect(type(openingOf("b"), ["a", "Backspace"]).pending).toMatchObject(typed);
  });

  it.each([
    ["a", "assign"],
    ["s", "snooze"],
    ["t", "template"],
    ["c", "customer"],
  ])("%s alone is done once it is there", (key, afterwards) => {
    const { pending, commands } = type(openingOf("b"), [key]);
    expect(commands).toEqual([]);
    expect(pending).toMatchObject({ afterwards, writes: null });
    expect(arrivedAt(pending, STEP_MS)).toEqual(NOTHING_PENDING);
  });

  it.each(["e", "h", "u"])("%s, which is for what somebody has seen, is dropped", (key) => {
    expect(type(openingOf("b"), [key])).toMatchObject({ commands: [], pending: { afterwards: null } });
  });

  it("the list can be moved through and searched, also by a key that is held down", () => {
    expect(type(openingOf("b"), ["j", "j", "k", "/"]).commands).toEqual([
      "next",
      "next",
      "previous",
      "search",
    ]);
    expect(type(openingOf("b"), ["j", "j"], 0, { repeat: true }).commands).toEqual(["next", "next"]);
    expect(type(openingOf("b"), [..."May I jump"]).commands).toEqual([]);
  });

  it("Escape and the pointer give up what was typed", () => {
    const { pending } = type(openingOf("b"), ["r", ..."Yes"]);
    expect(type(pending, ["Escape"], STEP_MS).pending).toEqual(NOTHING_PENDING);
    expect(pointedAt(pending)).toEqual(openingOf("b"));
  });

  it("keys with a modifier, arrows, Tab, and what presses a button are what they always are", () => {
    expect(type(openingOf("b"), ["ArrowDown", "Tab", "Enter", " "]).pending).toEqual(openingOf("b"));
    const alt = { ...PLAIN, key: "j", code: "KeyJ", altKey: true, inField: false, at: 0 };
    expect(hear(openingOf("b"), alt, { action: "open-next" }).isTaken).toBe(false);
  });
});

it("what is typed after a key that leads to a field is no command where the field does not come", () => {
  for (const key of ["r", "n", "t", "s"])
    expect(type(NOTHING_PENDING, [key, ..."see", "Enter", ..."near"]).commands).toHaveLength(1);
  const { pending } = type(arrivedAt({ ...openingOf("b"), writes: "reply" }, 5_000), ["e"], 5_000 + STEP_MS);
  expect(pending.typedAt).toBe(5_000 + STEP_MS);
});

it("once something is typed into a field, keys outside of it are commands again", () => {
  const { pending } = type(NOTHING_PENDING, ["r"]);
  const inField = type(pending, ["Y"], STEP_MS, { inField: true });
  expect(type(inField.pending, ["Escape", "e"], 2 * STEP_MS).commands).toEqual(["done"]);
});

it("where nothing is pending every key is a command", () => {
  expect(type(NOTHING_PENDING, ["j", "k", "a", "h", "e", "u"]).commands).toEqual([
    "next",
    "previous",
    "assign",
    "hold",
    "done",
    "undo",
  ]);
});
