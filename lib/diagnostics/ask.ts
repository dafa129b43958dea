import { costOfTokens, type TokenUsage } from "@/lib/ai/model";
import { streamDiagnosis } from "@/lib/ai/stream-diagnosis";
import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { checkCredits } from "@/lib/credits/check-credits";
import { type InteractionStart, startFrom } from "@/lib/credits/interaction";
import { settleInteraction } from "@/lib/credits/settle-interaction";
import { startInteraction } from "@/lib/credits/start-interaction";
import { fileQuestion } from "@/lib/inbox/file-question";
import { AppError } from "@/lib/shared/errors";
import { microUsd } from "@/lib/shared/money";
import { finishQuery, insertQuery, type Query } from "./store/queries";

export const MAX_QUESTION = 4_000;

/** What a mechanic reads where the AI may not be asked. */
export const DEGRADED_ANSWER =
  "The diagnostic assistant is not available right now. Your question has been passed to your team, who can see it in the Messaging Inbox.";

export type AskInput = { readonly orgId: string; readonly question: string; readonly key: string };

export type AskOutcome =
  | { readonly kind: "answering"; readonly queryId: string; readonly text: ReadableStream<string> }
  | { readonly kind: "degraded"; readonly queryId: string; readonly text: string }
  /** The same key again: the answer so far, null while it is being written. */
  | { readonly kind: "repeated"; readonly queryId: string; readonly text: string | null };

/**
 * Asks the diagnostic assistant. Gated before, deducted after, from the query's tokens; an answer that has begun is
 * finished and stored even if the browser goes away. Exhausted: no AI request, and the question goes to staff.
 */
export async function askDiagnostics(ctx: Ctx, input: AskInput): Promise<AskOutcome> {
  const { userId } = requireMember(ctx.actor, input.orgId, "diagnostics.use");
  const question = input.question.trim();
  if (question === "" || question.length > MAX_QUESTION) {
    throw new AppError("invalid_input", `Ask in 1 to ${MAX_QUESTION} characters.`);
  }
  const { orgId } = input;
  const clientKey = `${userId}:${input.key}`;
  const { query, fresh } = await insertQuery({
    orgId,
    id: ctx.newId(),
    clientKey,
    userId,
    question,
    askedAt: ctx.now(),
  });
  if (!fresh)
    return { kind: "repeated", queryId: query.id, text: query.degraded ? DEGRADED_ANSWER : query.answer };

  const system = asSystem(ctx, "diagnostics");
  const key = { orgId, channel: "diagnostics", providerRef: query.id } as const;
  const gate = await checkCredits(system, key);
  const { start } = await startInteraction(system, { ...key, start: startFrom(gate, ctx.now()) });
  if (start.mode === "degraded") return degrade(system, query, start);
  return answer(system, query, start);
}

async function degrade(ctx: Ctx, query: Query, start: InteractionStart): Promise<AskOutcome> {
  const { orgId, id, userId, question } = query;
  await fileQuestion(ctx, {
    orgId,
    userId,
    queryId: id,
    question,
    reason: start.reason ?? "credit-exhaustion",
  });
  await finishQuery(query, { degradationReason: start.reason, answer: null, at: ctx.now() });
  const key = { orgId, channel: "diagnostics", providerRef: id } as const;
  await settleInteraction(ctx, { ...key, cost: microUsd(0n), counted: true, start });
  return { kind: "degraded", queryId: id, text: DEGRADED_ANSWER };
}

async function answer(ctx: Ctx, query: Query, start: InteractionStart): Promise<AskOutcome> {
  const { orgId, id, question } = query;
  const settle = async (usage: TokenUsage, text: string | null): Promise<void> => {
    const key = { orgId, channel: "diagnostics", providerRef: id } as const;
    await settleInteraction(ctx, { ...key, cost: costOfTokens(usage), counted: true, start });
    await finishQuery(query, { degradationReason: null, answer: text, at: ctx.now() });
  };
  const text = streamDiagnosis({
    garageName: query.garageName,
    question,
    history: query.history,
    onEnd: settle,
    log: ctx.log,
  });
  return { kind: "answering", queryId: id, text };
}
