import { fetchApi, jsonPost } from "@/components/layout/api";
import type { QueryMode } from "@/lib/diagnostics/client";

export type Asked = { readonly mode: QueryMode; readonly text: AsyncIterable<string> };

/** Asks once per key and reads the answer as it is written. Throws an ApiError. */
export async function askQuestion(question: string, key: string): Promise<Asked> {
  const response = await fetchApi("/api/diagnostics", jsonPost({ question, key }));
  const mode = response.headers.get("x-query-mode");
  return {
    mode: mode === "degraded" || mode === "repeated" ? mode : "full",
    text: read(response.body),
  };
}

async function* read(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string> {
  if (!body) return;
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read())
    yield decoder.decode(chunk.value, { stream: true });
}
