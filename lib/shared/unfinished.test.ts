import { expect, it } from "vitest";
import { allFinished, finishBeforeExit } from "./unfinished";

it("waits for marked work and for what that work marks, and takes a failure for an end", async () => {
  const ended: string[] = [];
  const work = async (name: string) => {
    await Promise.resolve();
    ended.push(name);
  };
  void finishBeforeExit(
    work("first").then(() => {
      void finishBeforeExit(work("second"));
    }),
  );
  finishBeforeExit(Promise.reject(new Error("third"))).catch(() => ended.push("third"));
  await allFinished();
  expect(ended.sort()).toEqual(["first", "second", "third"]);
  await allFinished();
});
