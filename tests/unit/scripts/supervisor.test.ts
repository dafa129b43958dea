import { createServer } from "node:net";
import { afterAll, afterEach, expect, test } from "vitest";
import { createReader } from "@/scripts/lib/child-output.mjs";
import { createSupervisor, PortTaken } from "@/scripts/lib/supervisor.mjs";

const said: string[] = [];
const supervisor = createSupervisor({ say: (text: string) => said.push(text), onChange: () => undefined });
const taken = createServer();
afterEach(() => said.splice(0));
afterAll(async () => {
  await supervisor.stop();
  taken.close();
});

const service = (name: string, script: string) => ({
  name: `test-${name}`,
  args: ["-e", script],
  env: process.env,
  whenItEnds: "end",
  ready: { line: /^ready$/ },
});

const listenOn = (port: number) =>
  `require("node:net").createServer().listen(${port}, "127.0.0.1", () => console.log("ready"))`;

test("a process whose port was taken since it was looked for says so, and another port can be tried", async () => {
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const address = taken.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  await expect(supervisor.start(service("taken", listenOn(port)))).rejects.toBeInstanceOf(PortTaken);
  expect(await supervisor.start(service("free", listenOn(0)))).toBe("ready");
});

test("a process that does not start tells its last words and where the others are", async () => {
  const failing = supervisor.start(service("broken", 'console.error("no such setting"); process.exit(3)'));
  await expect(failing).rejects.toThrow(
    /exit code 3[\s\S]*no such setting[\s\S]*\.data\/logs\/test-broken\.log/,
  );
  await expect(failing).rejects.not.toBeInstanceOf(PortTaken);
});

test("of what a process logs, the terminal shows errors, each once a minute", () => {
  const heard: string[] = [];
  let now = 0;
  const read = createReader({
    name: "app",
    file: `${process.cwd()}/.data/logs/app.log`,
    say: (text: string) => heard.push(text),
    now: () => now,
  });
  const line = (level: number, msg: string, more = {}) => JSON.stringify({ level, msg, ...more });
  read(line(30, "request", { route: "health" }));
  read("plain words of a library");
  read(line(50, "request failed", { route: "diagnostics" }));
  read(line(50, "request failed", { route: "diagnostics" }));
  read(line(50, "a job failed", { job: "send-message" }));
  now = 61_000;
  read(line(50, "request failed", { route: "diagnostics" }));
  expect(heard).toEqual([
    "[app] error: request failed (diagnostics). See .data/logs/app.log",
    "[app] error: a job failed (send-message). See .data/logs/app.log",
    "[app] error: request failed (diagnostics). See .data/logs/app.log",
  ]);
});
