import { streamText } from "ai";
import type { Log } from "@/lib/shared/logger";
import { finishBeforeExit } from "@/lib/shared/unfinished";
import { model, NO_TOKENS, type TokenUsage, tokensOf } from "./model";
import { diagnosticsPrompt } from "./prompts";
import { toModelMessages } from "./turns";

const STREAM_TIMEOUT_MS = 60_000;
const MAX_OUTPUT_TOKENS = 900;

export type DiagnosisRequest = {
  readonly garageName: string;
  readonly question: string;
  readonly history: readonly { readonly question: string; readonly answer: string }[];
  /**
   * Called once: with the text when the answer is complete, with null when it failed; `usage` counts what was used
   * either way.
   */
  readonly onEnd: (usage: TokenUsage, text: string | null) => Promise<void>;
  readonly log: Log;
};

const FAILED = "\n\nSorry, the answer could not be finished. Please ask again.";

/** Streams an answer to a mechanic. It is read to its end here even where the browser stops reading. */
export function streamDiagnosis(request: DiagnosisRequest): ReadableStream<string> {
  const turns = request.history.flatMap(({ question, answer }) => [
    { from: "customer", text: question } as const,
    { from: "garage", text: answer } as const,
  ]);
  const result = streamText({
    model: model(),
    system: diagnosticsPrompt({
      name: request.garageName,
      phone: null,
      portalUrl: null,
      hours: null,
      services: [],
    }),
    messages: toModelMessages([...turns, { from: "customer", text: request.question }]),
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    maxRetries: 1,
    abortSignal: AbortSignal.timeout(STREAM_TIMEOUT_MS),
    onError: ({ error }) => {
      request.log.warn({ err: error }, "a diagnosis failed");
    },
  });
  let listening = true;
  return new ReadableStream<string>({
    start(controller) {
      const read = async (): Promise<void> => {
        let text = "";
        let usage = NO_TOKENS;
        let whole = false;
        try {
          for await (const part of result.textStream) {
            text += part;
            if (listening) controller.enqueue(part);
          }
          usage = tokensOf(await result.totalUsage);
          whole = text.trim() !== "";
        } catch {
          // Reported by onError; what was streamed so far stands.
        }
        await request.onEnd(usage, whole ? text : null).catch((error: unknown) => {
          request.log.error({ err: error }, "a diagnosis could not be recorded");
        });
        if (!listening) return;
        if (!whole) controller.enqueue(FAILED);
        controller.close();
      };
      void finishBeforeExit(read());
    },
    cancel() {
      listening = false;
    },
  });
}
