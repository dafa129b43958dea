import { describe, expect, test } from "vitest";
import { ApiError } from "@/components/layout/api";
import { type Boxes, createOutbox, type Outgoing, readBoxes, type Written } from "./outbox";

const reply = (body: string): Written => ({ kind: "reply", body, media: [], seen: "m1" });

/** An outbox whose device, server and timer are in the test's hands. */
function device(answers: readonly (ApiError | null)[] = []) {
  const posted: Outgoing[] = [];
  const timers: { again: () => void; waitMs: number }[] = [];
  const state = { kept: "{}", nowMs: 1_000, answers: [...answers], turns: Promise.resolve() };
  const open = () =>
    createOutbox({
      load: () => readBoxes(JSON.parse(state.kept)),
      save: (boxes: Boxes) => {
        state.kept = JSON.stringify(boxes);
      },
      send: async (_, written) => {
        posted.push(written);
        const answer = state.answers.shift();
        if (answer) throw answer;
      },
      sent: async () => undefined,
      alone: (_, turn) => {
        state.turns = state.turns.then(turn);
        return state.turns;
      },
      later: (again, waitMs) => void timers.push({ again, waitMs }),
      newKey: () => `key-${state.nowMs++}`,
      nowMs: () => state.nowMs,
    });
  const settled = async () => {
    await state.turns;
    await state.turns;
  };
  return { state, posted, timers, open, settled };
}

const offline = new ApiError(0, "unreachable", "No connection.");
const bodies = (sent: readonly Outgoing[]) => sent.map(({ body }) => body);

describe("an outbox", () => {
  test("sends in the order of writing and is empty afterwards", async () => {
    const { open, posted, settled } = device();
    const outbox = open();
    outbox.add("c", reply("one"));
    outbox.add("c", reply("two"));
    expect(outbox.boxOf("c")).toHaveLength(2);
    await settled();
    expect(bodies(posted)).toEqual(["one", "two"]);
    expect(outbox.boxOf("c")).toEqual([]);
  });

  test("waits for the connection, keeps the order, and sends each once under its own key", async () => {
    const { open, posted, timers, settled } = device([offline, offline]);
    const outbox = open();
    outbox.add("c", reply("one"));
    outbox.add("c", reply("two"));
    await settled();
    expect(outbox.boxOf("c").map(({ state }) => state.kind)).toEqual(["waiting", "sending"]);
    expect(timers).toHaveLength(1);
    timers[0]?.again();
    await settled();
    expect(bodies(posted)).toEqual(["one", "one", "one", "two"]);
    expect(new Set(posted.map(({ key }) => key)).size).toBe(2);
    expect(outbox.boxOf("c")).toEqual([]);
  });

  test("tells when nothing of a conversation is under way any more, and whether all of it arrived", async () => {
    const refused = new ApiError(409, "conflict", "The window has closed.");
    const { open, timers, settled } = device([offline, null, refused]);
    const outbox = open();
    expect(await outbox.settled("c")).toBe(true);
    outbox.add("c", reply("one"));
    let arrived: boolean | undefined;
    const waiting = outbox.settled("c").then((all) => {
      arrived = all;
    });
    await settled();
    expect(arrived).toBeUndefined();
    timers[0]?.again();
    await waiting;
    expect(arrived).toBe(true);
    outbox.add("c", reply("refused"));
    expect(await outbox.settled("c")).toBe(false);
  });

  test("tries again later and later, at most every half minute", async () => {
    const { open, timers, settled } = device(Array.from({ length: 7 }, () => offline));
    const outbox = open();
    outbox.add("c", reply("one"));
    for (let round = 0; round < 7; round++) {
      await settled();
      timers[round]?.again();
    }
    await settled();
    expect(timers.map(({ waitMs }) => waitMs)).toEqual([2, 4, 8, 16, 30, 30, 30].map((s) => s * 1_000));
    expect(outbox.boxOf("c")).toEqual([]);
  });

  test("survives a reload with the same key", async () => {
    const there = device([offline]);
    there.open().add("c", reply("one"));
    await there.settled();
    const after = there.open();
    after.wake();
    await there.settled();
    expect(bodies(there.posted)).toEqual(["one", "one"]);
    expect(new Set(there.posted.map(({ key }) => key)).size).toBe(1);
    expect(after.boxOf("c")).toEqual([]);
  });

  test("what a colleague's reply refused waits for its author, who sends it anyway", async () => {
    const { open, posted, settled } = device([new ApiError(409, "answered_meanwhile", "Pat has replied.")]);
    const outbox = open();
    outbox.add("c", reply("one"));
    await settled();
    const [refused] = outbox.boxOf("c");
    expect(refused?.state).toEqual({ kind: "answered", message: "Pat has replied." });
    outbox.wake();
    await settled();
    expect(posted).toHaveLength(1);
    outbox.retry("c", refused?.key ?? "", true);
    await settled();
    expect(posted.map(({ anyway }) => anyway)).toEqual([false, true]);
    expect(outbox.boxOf("c")).toEqual([]);
  });

  test("a final refusal stops nothing that was written after it", async () => {
    const { open, posted, settled } = device([new ApiError(409, "conflict", "Opted out.")]);
    const outbox = open();
    outbox.add("c", reply("one"));
    outbox.add("c", reply("two"));
    await settled();
    expect(bodies(posted)).toEqual(["one", "two"]);
    expect(outbox.boxOf("c").map(({ body, state }) => [body, state])).toEqual([
      ["one", { kind: "failed", message: "Opted out." }],
    ]);
  });

  test.each([
    [401, "unauthorized", "waiting"],
    [409, "organisation_changed", "waiting"],
    [429, "rate_limited", "waiting"],
    [503, "unavailable", "waiting"],
    [400, "invalid_input", "failed"],
    [404, "not_found", "failed"],
  ])("an answer of %i %s leaves it %s", async (status, code, kind) => {
    const { open, settled } = device([new ApiError(status, code, "No.")]);
    const outbox = open();
    outbox.add("c", reply("one"));
    await settled();
    expect(outbox.boxOf("c")[0]?.state.kind).toBe(kind);
  });

  test("what has waited for more than an hour is not sent without its author", async () => {
    const { open, posted, settled, state } = device([offline]);
    const outbox = open();
    outbox.add("c", reply("Back in five minutes"));
    await settled();
    state.nowMs += 3_600_001;
    outbox.wake();
    await settled();
    expect(posted).toHaveLength(1);
    const [old] = outbox.boxOf("c");
    expect(old?.state.kind).toBe("failed");
    outbox.retry("c", old?.key ?? "");
    await settled();
    expect(posted).toHaveLength(2);
  });

  test("a note stays a note, through a reload too", async () => {
    const there = device([offline]);
    there.open().add("c", { ...reply("He is late with paying"), kind: "note" });
    await there.settled();
    there.open().wake();
    await there.settled();
    expect(there.posted.map(({ kind }) => kind)).toEqual(["note", "note"]);
  });

  test("two tabs add to one outbox, and neither loses the other's", async () => {
    const { open, state, settled } = device([offline, offline]);
    const [one, other] = [open(), open()];
    one.add("c", reply("one"));
    other.add("d", reply("two"));
    await settled();
    expect(Object.keys(JSON.parse(state.kept))).toEqual(expect.arrayContaining(["c", "d"]));
  });
});

test.each([[undefined], [null], ["x"], [{ c: "x" }], [{ c: [{ key: "k" }] }]])(
  "what is no outbox is read as none: %j",
  (kept) => {
    expect(readBoxes(kept)).toEqual({});
  },
);
