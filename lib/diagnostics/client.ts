import { queryOptions } from "@tanstack/react-query";
import type { DEGRADED_ANSWER, MAX_QUESTION } from "./ask";
import type { QueryDto } from "./list-history";

export type { QueryDto };
export type HistoryDto = { readonly queries: readonly QueryDto[] };

/** The types are the server's own: a change there does not compile here. */
export const QUESTION_LIMIT: typeof MAX_QUESTION = 4_000;
export const DEGRADED_TEXT: typeof DEGRADED_ANSWER =
  "The diagnostic assistant is not available right now. Your question has been passed to your team, who can see it in the Messaging Inbox.";

export const historyQuery = () => queryOptions<HistoryDto>({ queryKey: ["diagnostics"] });

/** How a question was taken: answered by the AI, passed to staff, or asked before under the same key. */
export type QueryMode = "full" | "degraded" | "repeated";
