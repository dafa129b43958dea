import { describe, expect, test } from "vitest";
import { type Draft, type Drafts, readDrafts, withDraft } from "./drafts";

const DAY_MS = 86_400_000;
const reply = (text: string): Draft => ({ mode: "reply", reply: text, note: "" });

describe("drafts kept on the device", () => {
  test("each conversation has its own, and what is sent leaves none", () => {
    const two = withDraft(withDraft({}, "a", reply("one"), 1), "b", reply("two"), 2);
    expect([two.a?.reply, two.b?.reply]).toEqual(["one", "two"]);
    expect(Object.keys(withDraft(two, "a", reply(""), 3))).toEqual(["b"]);
  });

  test("a note keeps its own text and its mode, also while it is still empty", () => {
    const noting = withDraft({}, "a", { mode: "note", reply: "Dear", note: "" }, 1);
    expect(noting.a).toMatchObject({ mode: "note", reply: "Dear", note: "" });
    const empty = withDraft({}, "a", { mode: "note", reply: "", note: "" }, 1);
    expect(empty.a?.mode).toBe("note");
  });

  test("the latest fifty of the last fortnight stay", () => {
    let drafts: Drafts = {};
    for (let index = 0; index < 60; index++) drafts = withDraft(drafts, `c${index}`, reply("x"), index);
    expect(Object.keys(drafts)).toHaveLength(50);
    expect(drafts.c59).toBeDefined();
    expect(drafts.c9).toBeUndefined();
    expect(Object.keys(withDraft(drafts, "new", reply("x"), 15 * DAY_MS))).toEqual(["new"]);
  });

  test("what is not a draft is left out", () => {
    const good = { mode: "note", reply: "", note: "x", at: 1 };
    expect(readDrafts({ a: good, b: { ...good, mode: "shout" }, c: null, d: "x" })).toEqual({ a: good });
    expect(readDrafts(undefined)).toEqual({});
  });
});
