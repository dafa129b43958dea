import { describe, expect, test } from "vitest";
import type { ThreadDto } from "./get-conversation";
import { joinThread } from "./join-thread";

const thread = (ids: readonly number[], earlier: boolean, events: readonly number[] = []): ThreadDto =>
  ({
    messages: ids.map((at) => ({ id: `m${at}`, at: `${at}` })),
    events: events.map((at) => ({ id: `e${at}`, at: `${at}` })),
    earlier,
  }) as unknown as ThreadDto;

const idsOf = ({ messages, events, earlier }: ThreadDto) => [
  messages.map(({ id }) => id).join(" "),
  events.map(({ id }) => id).join(" "),
  earlier,
];

describe("a thread that is read again", () => {
  test("keeps what was loaded before it, messages and events", () => {
    const joined = joinThread(thread([1, 2, 3, 4], false, [1, 3]), thread([3, 4, 5], true, [3, 5]));
    expect(idsOf(joined)).toEqual(["m1 m2 m3 m4 m5", "e1 e3 e5", false]);
  });

  test("lets a page go on moving while messages come", () => {
    const joined = joinThread(thread([3, 4, 5], true), thread([4, 5, 6], true));
    expect(idsOf(joined)).toEqual(["m3 m4 m5 m6", "", true]);
  });

  test("shows no gap: where none of it is known, the earlier ones are let go", () => {
    expect(idsOf(joinThread(thread([1, 2], false), thread([8, 9], true)))).toEqual(["m8 m9", "", true]);
  });

  test("takes earlier ones that were put before it as they are", () => {
    expect(idsOf(joinThread(thread([3, 4], true), thread([1, 2, 3, 4], false)))).toEqual([
      "m1 m2 m3 m4",
      "",
      false,
    ]);
    expect(idsOf(joinThread(undefined, thread([1], false)))).toEqual(["m1", "", false]);
  });
});
