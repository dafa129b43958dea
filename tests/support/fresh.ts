import { type Env, env } from "@/lib/shared/env";

/** What a process keeps from file to file: the product's process-wide values, and the environment that the run began with. */
const kept = globalThis as {
  torqueflow?: Map<string, unknown>;
  torqueflowTestEnvironment?: NodeJS.ProcessEnv;
};

/** Nothing is process-wide any more. */
export function forgetProcess(): void {
  delete kept.torqueflow;
}

/** From now to the file's end this is what the product finds under a name of its process-wide values. */
export function keepForProcess(name: string, value: unknown): void {
  kept.torqueflow ??= new Map();
  kept.torqueflow.set(name, value);
}

/** Some of the product's settings are these, until the environment is forgotten or the file ends. */
export const changeSettings = (changes: Partial<Env>): void =>
  keepForProcess("env", { ...env(), ...changes });

/** The environment is read again at its next use. */
export function forgetEnvironment(): void {
  kept.torqueflow?.delete("env");
}

/** The environment that the run began with. The test runner's own variables stay as they are. */
export function restoreEnvironment(): void {
  kept.torqueflowTestEnvironment ??= { ...process.env };
  const first = kept.torqueflowTestEnvironment;
  const names = Object.keys({ ...process.env, ...first }).filter((name) => !name.startsWith("VITEST"));
  for (const name of names) {
    if (first[name] === undefined) delete process.env[name];
    else process.env[name] = first[name];
  }
}
