import { describe, expect, it } from "vitest";
import { ariaKeys, KEYS, type KeyScene, meantBy, type Stroke } from "./keys";

const IDLE: KeyScene = { letters: true, inField: false, inList: false, begun: null };

const stroke = (key: string, more: Partial<Stroke> = {}): Stroke => ({
  key,
  code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  repeat: false,
  isComposing: false,
  ...more,
});

const meant = (key: string, more: Partial<Stroke> = {}, scene: Partial<KeyScene> = {}) =>
  meantBy(stroke(key, more), { ...IDLE, ...scene });

describe("single letters", () => {
  it("mean what the table says, also with Caps Lock", () => {
    expect(meant("r")).toEqual({ action: "reply" });
    expect(meant("R")).toEqual({ action: "reply" });
    expect(meant("/")).toEqual({ action: "search" });
    expect(meant("?", { shiftKey: true })).toEqual({ action: "help" });
  });

  it("mean nothing where something is typed, is being composed, or where they are switched off", () => {
    for (const key of ["r", "/", "?", "g"]) {
      expect([key, meant(key, {}, { inField: true })]).toEqual([key, null]);
      expect([key, meant(key, { isComposing: true })]).toEqual([key, null]);
      expect([key, meant(key, {}, { letters: false })]).toEqual([key, null]);
    }
  });

  it("mean nothing with a modifier: the browser and screen readers have those", () => {
    for (const modifier of [{ altKey: true }, { ctrlKey: true }, { metaKey: true }, { shiftKey: true }])
      for (const key of ["r", "e", "s"]) expect([key, meant(key, modifier)]).toEqual([key, null]);
  });

  it("act once while they are held down, except to move in the list", () => {
    expect(meant("e", { repeat: true })).toBeNull();
    expect(meant("j", { repeat: true })).toEqual({ action: "next" });
  });
});

describe("Alt+J and Alt+K", () => {
  it("work in a field and with letters switched off, whatever the keyboard types with Alt", () => {
    const mac = { code: "KeyJ", altKey: true };
    expect(meant("∆", mac, { inField: true, letters: false })).toEqual({ action: "open-next" });
    expect(meant("k", { altKey: true }, { inField: true })).toEqual({ action: "open-previous" });
    expect(meant("j", { altKey: true, shiftKey: true })).toBeNull();
    expect(meant("j", { altKey: true, ctrlKey: true })).toBeNull();
  });
});

it("arrows belong to the list while the focus is in it, and to the page elsewhere", () => {
  expect(meant("ArrowDown", {}, { inList: true })).toEqual({ action: "next" });
  expect(meant("ArrowDown", {}, { inList: true, letters: false })).toEqual({ action: "next" });
  expect(meant("ArrowDown")).toBeNull();
  expect(meant("ArrowDown", { shiftKey: true }, { inList: true })).toBeNull();
});

it("two keys one after the other mean something together, and a third begins anew", () => {
  expect(meant("g")).toEqual({ begun: "g" });
  expect(meant("v", {}, { begun: "g" })).toEqual({ action: "go-voice" });
  expect(meant("r", {}, { begun: "g" })).toBeNull();
  expect(meant("g", {}, { begun: "g" })).toEqual({ begun: "g" });
});

it("no key stands twice in the table, and none begins two keys and means something alone", () => {
  const all = KEYS.flatMap(({ keys }) => keys);
  expect(new Set(all).size).toBe(all.length);
  for (const key of all)
    expect([key, all.some((other) => other.startsWith(`${key} `))]).toEqual([key, false]);
});

it("screen readers are told the keys that work now", () => {
  expect(ariaKeys("next", true)).toBe("J ArrowDown");
  expect(ariaKeys("next", false)).toBe("ArrowDown");
  expect(ariaKeys("reply", false)).toBeUndefined();
  expect(ariaKeys("go-inbox", true)).toBeUndefined();
  expect(ariaKeys("open-next", false)).toBe("Alt+J");
});
