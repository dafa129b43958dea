// Runs a program of the project to its end and collects what it printed.
import { spawn } from "node:child_process";
import { fromRoot, root } from "./environment.mjs";
import { Advice } from "./log.mjs";

const installed = (file) => [fromRoot("node_modules", file)];

/** Arguments for `node` which run a tool of node_modules or a TypeScript file, without a wrapper process. */
export const tools = {
  prisma: () => installed("prisma/build/index.js"),
  next: () => installed("next/dist/bin/next"),
  biome: () => installed("@biomejs/biome/bin/biome"),
  tsc: () => installed("typescript/bin/tsc"),
  vitest: () => installed("vitest/vitest.mjs"),
  tsx: (file) => ["--import", "tsx", file],
};

const running = new Set();

/** Ends whatever `run` is waiting for: a stop signal may have reached this process alone. */
export function endRunning() {
  for (const child of running) child.kill("SIGTERM");
}

/** @returns {Promise<{ code: number, output: string }>} */
export function run(
  args,
  { command = process.execPath, env = process.env, inherit = false, cwd = root } = {},
) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: inherit ? "inherit" : ["ignore", "pipe", "pipe"] });
    const chunks = [];
    child.stdout?.on("data", (chunk) => chunks.push(chunk));
    child.stderr?.on("data", (chunk) => chunks.push(chunk));
    running.add(child);
    child.once("error", reject);
    child.once("close", (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() });
    });
  });
}

/** The same, but a failure ends in the program's own words. */
export async function runOrExplain(what, args, options) {
  const { code, output } = await run(args, options);
  if (code !== 0) throw new Advice(`${what} failed (exit code ${code}).\n${output.trim()}`);
  return output;
}
