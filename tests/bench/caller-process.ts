import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import type { CallerCommands, CallerMessage, CallerReply } from "./caller";

export type Caller = {
  /** One command at a time. */
  readonly ask: <Name extends keyof CallerCommands>(
    name: Name,
    args: Parameters<CallerCommands[Name]>[0],
  ) => ReturnType<CallerCommands[Name]>;
  readonly stop: () => void;
};

/** Starts one of this folder's programs as a process of its own, on the given database. */
export function startProcess(file: string, databaseUrl: string): ChildProcess {
  return fork(path.join(import.meta.dirname, file), {
    env: { ...process.env, DATABASE_URL: databaseUrl, DIRECT_URL: databaseUrl },
    serialization: "advanced",
  });
}

export function startCaller(databaseUrl: string): Caller {
  const child = startProcess("caller.ts", databaseUrl);
  const ask = (name: CallerMessage["name"], args: CallerMessage["args"]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`the caller ended with ${code}`));
      child.once("exit", ended);
      child.once("message", (reply: CallerReply) => {
        child.off("exit", ended);
        if ("error" in reply) reject(new Error(reply.error));
        else resolve(reply.result);
      });
      child.send({ name, args });
    });
  return { ask: ask as Caller["ask"], stop: () => child.disconnect() };
}
