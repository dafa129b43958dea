import { AsyncLocalStorage } from "node:async_hooks";
import { processWide } from "./process-wide";

/** What every log line of a request carries. */
export type RequestScope = { readonly requestId: string; readonly route?: string };

const scopes = processWide("request-scope", () => new AsyncLocalStorage<RequestScope>());

/** Runs `work`; whatever it logs, at whatever depth and however late, carries this scope. */
export const inRequest = <T>(scope: RequestScope, work: () => T): T => scopes.run(scope, work);

/** Undefined outside a request: jobs, listeners, the process's start. */
export const currentRequest = (): RequestScope | undefined => scopes.getStore();
