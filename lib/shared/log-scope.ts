import { AsyncLocalStorage } from "node:async_hooks";
import { processWide } from "./process-wide";

/** What every log line of a request or a job carries. */
export type LogScope =
  | { readonly requestId: string; readonly route?: string }
  | { readonly job: string; readonly jobId: string; readonly attempt: number };

const scopes = processWide("log-scope", () => new AsyncLocalStorage<LogScope>());

/** Runs `work`; whatever it logs, at whatever depth and however late, carries this scope. */
export const inScope = <T>(scope: LogScope, work: () => T): T => scopes().run(scope, work);

/** Undefined outside requests and jobs: listeners, the process's start. */
export const currentScope = (): LogScope | undefined => scopes().getStore();
