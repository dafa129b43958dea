import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

/** A process that logs so many lines, and then does that. */
function start(lines: number, then: "wait" | "throw" | "end") {
  const child = fork("tests/unit/logging-process.ts", [`${lines}`, then], {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, LOG_LEVEL: "info" },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  running.push(child);
  if (!child.stdout) throw new Error("a process without an output");
  return { child, stdout: child.stdout, ended: once(child, "exit"), said: once(child, "message") };
}

const numbersIn = (output: string): number[] =>
  output
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line).line)
    .filter((line) => typeof line === "number");

const upTo = (lines: number): number[] => Array.from({ length: lines }, (_, n) => n + 1);

test("a process that nobody reads from goes on; told to stop, it has every line written in order first", async () => {
  const { child, stdout, ended, said } = start(20_000, "wait");
  await said;
  const answer = once(child, "message");
  child.send("are you there?");
  expect(await answer).toEqual(["still here", undefined]);
  child.kill("SIGTERM");
  const output = await text(stdout);
  expect(await ended).toEqual([0, null]);
  expect(numbersIn(output)).toEqual(upTo(20_000));
  expect(output.trim().split("\n").at(-1)).toContain('"msg":"stopped"');
});

test("what was logged before an error that nothing catches is there, and why the process ended", async () => {
  const { stdout, ended } = start(3_000, "throw");
  const output = await text(stdout);
  expect(await ended).toEqual([1, null]);
  expect(numbersIn(output)).toEqual(upTo(3_000));
  expect(output).toContain("an error that nothing has caught: the process ends");
});

test("a process that ends by itself has its lines written", async () => {
  const { stdout, ended } = start(3_000, "end");
  expect(numbersIn(await text(stdout))).toEqual(upTo(3_000));
  expect(await ended).toEqual([0, null]);
});

test("a single line of a quiet process is there at once", async () => {
  const { stdout } = start(1, "wait");
  const [first] = await once(stdout, "data");
  expect(numbersIn(`${first}`)).toEqual([1]);
});
