import { scripted } from "../core/behaviours";
import type { Sandbox } from "../core/context";
import type { EffectOf } from "../core/effects";
import { json, parseJson, type Reply, type SandboxRequest, text } from "../core/http";
import type { HttpProvider } from "../core/providers";
import { bearerOf, same } from "../core/signatures";
import { answer } from "./answer";
import { type Choice, chunks, completion, tokensOf, usageOf } from "./completion";
import { type ChatRequest, readChat } from "./request";

const OWN = ["refusal", "malformed", "malformed-content", "content-filter", "empty", "cut", "reply"] as const;
type Script = EffectOf<(typeof OWN)[number]>;

/** Source: OpenAI "Error codes". */
const openAiError = (
  status: number,
  message: string,
  code: string | null,
  param: string | null = null,
): Reply =>
  json(status, {
    error: { message, type: status === 429 ? "rate_limit_error" : "invalid_request_error", param, code },
  });

const isAuthorised = ({ secrets }: Sandbox, { headers }: SandboxRequest): boolean =>
  same(bearerOf(headers.authorization), secrets.aiApiKey);

const badKey = (): Reply => openAiError(401, "Incorrect API key provided.", "invalid_api_key");

async function handleChat(sandbox: Sandbox, request: SandboxRequest): Promise<Reply> {
  if (!isAuthorised(sandbox, request)) return badKey();
  const chat = readChat(parseJson(request.raw));
  if ("fault" in chat)
    return openAiError(400, `Missing or invalid parameter: '${chat.fault}'.`, null, chat.fault);
  const labels = { model: chat.model, schema: chat.schema?.name ?? "", stream: String(chat.stream) };
  const script = await scripted(
    sandbox.behaviours,
    { provider: "ai", on: "complete", labels },
    request.gone,
    OWN,
  );
  if ("reply" in script) return script.reply;
  if (script.effect?.kind === "malformed")
    return text(200, '{"id":"chatcmpl-broken","choices":[{"mess', "application/json");
  return speak(sandbox, chat, script.effect);
}

function speak(sandbox: Sandbox, chat: ChatRequest, script: Script | undefined): Reply {
  const choice = limited(choiceFor(chat, script), chat.maxTokens);
  const usage = usageOf(chat.messages, choice.content ?? choice.refusal ?? "");
  const base = { model: chat.model, createdAt: sandbox.clock.now(), choice, usage };
  if (!chat.stream) return script?.kind === "cut" ? { kind: "hang-up" } : json(200, completion(base));
  const cut = script?.kind === "cut";
  const pauseMs = sandbox.settings().streamPauseMs;
  return {
    kind: "stream",
    headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-cache" },
    chunks: chunks(base, { includeUsage: chat.includeUsage, pauseMs, cut }),
    summary: { streamed: choice.content ?? choice.refusal, finish_reason: choice.finish, usage },
    cut,
  };
}

function choiceFor(chat: ChatRequest, script: Script | undefined): Choice {
  const said = (content: string): Choice => ({ content, refusal: null, finish: "stop" });
  switch (script?.kind) {
    case "refusal":
      return { content: null, refusal: "I'm sorry, but I can't help with that.", finish: "stop" };
    case "content-filter":
      return { content: "", refusal: null, finish: "content_filter" };
    case "empty":
      return said("");
    case "malformed-content":
      return said('{"intent": "booking_re');
    case "reply":
      return said(script.text ?? JSON.stringify(script.json));
    default:
      return said(answer(chat));
  }
}

/** An answer longer than asked for is cut, and says so. */
function limited(choice: Choice, maxTokens: number | undefined): Choice {
  const { content } = choice;
  if (maxTokens === undefined || content === null || tokensOf(content) <= maxTokens) return choice;
  return { ...choice, content: content.slice(0, maxTokens * 4), finish: "length" };
}

async function handleModels(sandbox: Sandbox, request: SandboxRequest): Promise<Reply> {
  if (!isAuthorised(sandbox, request)) return badKey();
  const script = await scripted(
    sandbox.behaviours,
    { provider: "ai", on: "models", labels: {} },
    request.gone,
    [],
  );
  if ("reply" in script) return script.reply;
  return json(200, {
    object: "list",
    data: [{ id: "gpt-4.1-mini", object: "model", created: 0, owned_by: "sandbox" }],
  });
}

/** A language model of OpenAI's shape: `AI_API_BASE=<url>/ai/v1`. It keeps nothing. */
export function aiProvider(sandbox: Sandbox): HttpProvider {
  return {
    name: "ai",
    prefix: "/ai",
    routes: [
      {
        method: "POST",
        path: "/v1/chat/completions",
        type: "complete",
        handle: (request) => handleChat(sandbox, request),
      },
      {
        method: "GET",
        path: "/v1/models",
        type: "models",
        handle: (request) => handleModels(sandbox, request),
      },
    ],
    notFound: ({ method, path }) => openAiError(404, `Invalid URL (${method} ${path})`, null),
    reset: () => {},
  };
}
