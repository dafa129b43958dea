import { MessageChannel } from "node:worker_threads";
import { expect, test } from "vitest";
import { within } from "./within";

test("work in time is done, work that fails or throws is failed, and nothing is thrown", async () => {
  expect(await within(1_000, () => 5)).toEqual({ kind: "done", value: 5 });
  expect(await within(1_000, () => Promise.reject(new Error("no")))).toMatchObject({
    kind: "failed",
    error: { message: "no" },
  });
  const thrown = await within(1_000, () => {
    throw new Error("at once");
  });
  expect(thrown.kind).toBe("failed");
});

test("work that takes longer is late, and failing later disturbs nobody", async () => {
  let fail = (_: Error): void => {};
  const slow = new Promise<never>((_, reject) => {
    fail = reject;
  });
  expect((await within(1, () => slow)).kind).toBe("late");
  fail(new Error("much later"));
});

test("an answer that came while the process was busy is done, though its budget is over by the time anybody looks", async () => {
  const { port1, port2 } = new MessageChannel();
  const answered = within(5, () => new Promise<string>((resolve) => port2.once("message", resolve)));
  port1.postMessage("here");
  const until = performance.now() + 20;
  while (performance.now() < until);
  expect(await answered).toEqual({ kind: "done", value: "here" });
  port1.close();
});
