import { queryOptions } from "@tanstack/react-query";
import type { DEGRADED_ANSWER, MAX_QUESTION } from "./ask";
import type { QueryView } from "./store/queries";

export type QueryDto = Omit<QueryView, "askedAt"> & { readonly askedAt: string };
export type HistoryDto = { readonly queries: readonly QueryDto[] };

/** The types are the server's own: a change there does not compile here. */
export const QUESTION_LIMIT: typeof MAX_QUESTION = 4_000;
export const DEGRADED_TEXT: typeof DEGRADED_ANSWER =
  "The diagnostic assistant is not available right now. Your question has been passed to your team, who can see it in Messages.";

export const historyQuery = () => queryOptions<HistoryDto>({ queryKey: ["diagnostics"] });

/** How a question was taken: answered by the AI, passed to staff, or asked before under the same key. */
export type QueryMode = "full" | "degraded" | "repeated";

export type Asked = { readonly mode: QueryMode; readonly text: AsyncIterable<string> };

const FAILED = "The question could not be sent. Check your connection and try again.";

/** Asks once a key and reads the answer as it is written. Throws an Error whose message may be shown. */
export async function askQuestion(question: string, key: string): Promise<Asked> {
  const response = await fetch("/api/diagnostics", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ question, key }),
  }).catch(() => undefined);
  if (!response?.ok) throw new Error(response ? await messageOf(response) : FAILED);
  const mode = response.headers.get("x-query-mode");
  return {
    mode: mode === "degraded" || mode === "repeated" ? mode : "full",
    text: read(response.body),
  };
}

async function messageOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const { error } = (body ?? {}) as { readonly error?: { readonly message?: string } };
  return error?.message ?? FAILED;
}

async function* read(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string> {
  if (!body) return;
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read())
    yield decoder.decode(chunk.value, { stream: true });
}
