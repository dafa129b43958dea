import { describe, expect, test } from "vitest";
import type { ConversationDto } from "@/lib/inbox/client";
import { newlyWaiting, newlyWritten, seenOwn, seenWaiting } from "./news";

const conversation = (id: string, lastMessageAt: string, unread = true) =>
  ({ id, lastMessageAt, unread }) as ConversationDto;
const idsOf = (list: readonly ConversationDto[]) => list.map(({ id }) => id);

describe("what has come to want a person", () => {
  const waits = conversation("waits", "10:00");
  const older = conversation("older", "08:00");

  test("is what was not there, and what was written to again; nothing while nothing has come", () => {
    const seen = seenWaiting({ count: 1, latest: [waits] });
    const now = (...latest: ConversationDto[]) => idsOf(newlyWaiting(seen, { count: 9, latest }));
    expect(now(waits)).toEqual([]);
    expect(now(conversation("new", "10:01"), conversation("waits", "10:05"))).toEqual(["new", "waits"]);
    // Its snooze is over: it is no later than what waited.
    expect(now(waits, older)).toEqual(["older"]);
  });

  test("is not what stands in the list only because a later one was dealt with", () => {
    const seen = seenWaiting({ count: 2, latest: [waits] });
    expect(idsOf(newlyWaiting(seen, { count: 1, latest: [older] }))).toEqual([]);
  });
});

test("an own conversation is news when something comes in it, once until it is read, and not when it is assigned", () => {
  const seen = seenOwn([conversation("unread", "09:00"), conversation("read", "09:30", false)]);
  const now = [
    conversation("unread", "10:00"),
    conversation("read", "10:01"),
    conversation("assigned", "07:00"),
  ];
  expect(idsOf(newlyWritten(seen, now))).toEqual(["read"]);
});
