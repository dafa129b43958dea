import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import type { CallerCommands } from "./caller";
import type { Commands, Reply } from "./commands";

export type Obedient<Known extends Commands> = {
  /** One command at a time. */
  readonly ask: <Name extends keyof Known>(
    name: Name,
    args: Parameters<Known[Name]>[0],
  ) => ReturnType<Known[Name]>;
  readonly stop: () => void;
};

export type Caller = Obedient<CallerCommands>;

/** Starts one of this folder's programs as a process of its own, on the given database. */
export function startProcess(file: string, databaseUrl: string): ChildProcess {
  return fork(path.join(import.meta.dirname, file), {
    env: { ...process.env, DATABASE_URL: databaseUrl, DIRECT_URL: databaseUrl },
    serialization: "advanced",
  });
}

export const startCaller = (databaseUrl: string): Caller =>
  startObedient<CallerCommands>("caller.ts", databaseUrl);

/** The same for a program that obeys commands. */
export function startObedient<Known extends Commands>(file: string, databaseUrl: string): Obedient<Known> {
  const child = startProcess(file, databaseUrl);
  const ask = (name: keyof Known, args: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`${file} ended with ${code}`));
      child.once("exit", ended);
      child.once("message", (reply: Reply) => {
        child.off("exit", ended);
        if ("error" in reply) reject(new Error(reply.error));
        else resolve(reply.result);
      });
      child.send({ name, args } as { name: string; args: object });
    });
  return { ask: ask as Obedient<Known>["ask"], stop: () => child.disconnect() };
}
