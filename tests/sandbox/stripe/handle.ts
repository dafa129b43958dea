import { z } from "zod";
import { scripted } from "../core/behaviours";
import { json, type Reply, type SandboxRequest } from "../core/http";
import { bearerOf, same } from "../core/signatures";
import { withFirstLines } from "./billing/embedded-lines";
import { runDue } from "./billing/run-due";
import { callOf, type Endpoint } from "./endpoint";
import { errorReply, StripeFailure, statusReply } from "./errors";
import { API_VERSION } from "./events";
import { expand } from "./expand";
import { type Given, parseForm } from "./form";
import { keyOf, settleKey, takeKey } from "./idempotency";
import { readParams } from "./params";
import type { Cause, StripeState } from "./state";

type Answer = Extract<Reply, { kind: "reply" }>;

const givenOf = ({ method, raw, url }: SandboxRequest): Given =>
  parseForm(method === "POST" ? raw.toString() : url.search.slice(1));

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** What a behaviour can match. */
const labelsOf = (endpoint: Endpoint, { params }: SandboxRequest, given: Given) => ({
  route: endpoint.name,
  id: params.id ?? "",
  customer: text(given.customer),
  payment_intent: text(given.payment_intent),
});

function answerOf(reply: Reply): Answer {
  if (reply.kind !== "reply") throw new Error("An answer was expected.");
  return reply;
}

interface Done {
  answer: Answer;
  /** False where it failed before it began: the idempotency key stays free. */
  began: boolean;
}

const expandParam = z.array(z.string()).default([]);

function execute(state: StripeState, endpoint: Endpoint, request: SandboxRequest): Done {
  const { expand: asked, ...given } = givenOf(request);
  const call = callOf(request.params.id ?? "", `/v1${request.path}`, given);
  try {
    const { expand: paths } = readParams(
      z.object({ expand: expandParam }),
      asked === undefined ? {} : { expand: asked },
    );
    const object = endpoint.run(state, call);
    return { answer: answerOf(json(200, withFirstLines(expand(state, object, paths)))), began: true };
  } catch (error) {
    if (!(error instanceof StripeFailure)) throw error;
    return { answer: answerOf(errorReply(error.status, error.body)), began: error.began };
  }
}

/** What was scripted for a request, instead of an answer or after it. */
async function scriptFor(state: StripeState, endpoint: Endpoint, request: SandboxRequest) {
  const labels = labelsOf(endpoint, request, givenOf(request));
  const occasion = { provider: "stripe", on: "rest", labels } as const;
  const script = await scripted(state.sandbox.behaviours, occasion, request.gone, [
    "error",
    "lost-answer",
    "late-answer",
  ]);
  if ("reply" in script) return { instead: script.reply, after: undefined };
  const { effect } = script;
  if (effect?.kind === "error")
    return { instead: statusReply(effect.code, effect.details), isKept: effect.kept, after: undefined };
  return { instead: undefined, after: effect };
}

/** Waits so long, or until somebody lets go; no longer than the caller. */
function delay(state: StripeState, ms: number | undefined, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      state.late.delete(end);
      resolve();
    };
    const timer = ms === undefined ? undefined : setTimeout(end, ms);
    state.late.add(end);
    gone.addEventListener("abort", end);
  });
}

/** An answer that was replayed can be lost or late, too. */
async function perform(
  state: StripeState,
  endpoint: Endpoint,
  request: SandboxRequest,
  id: string,
): Promise<Reply> {
  const key = keyOf(request);
  const earlier = key === undefined ? undefined : takeKey(state, request, key, id);
  const { instead, isKept, after } = await scriptFor(state, endpoint, request);
  if (instead) {
    if (key !== undefined && !earlier) settleKey(state, key, isKept ? answerOf(instead) : undefined);
    return instead;
  }
  const answer = earlier ?? carryOut(state, endpoint, request, { id, idempotencyKey: key ?? null });
  if (after?.kind === "late-answer") await delay(state, after.ms, request.gone);
  if (after?.kind !== "lost-answer") return answer;
  return after.status === undefined ? { kind: "hang-up" } : statusReply(after.status);
}

function carryOut(state: StripeState, endpoint: Endpoint, request: SandboxRequest, cause: Cause): Reply {
  runDue(state);
  state.cause = cause;
  try {
    const { answer, began } = execute(state, endpoint, request);
    if (cause.idempotencyKey !== null) settleKey(state, cause.idempotencyKey, began ? answer : undefined);
    return answer;
  } finally {
    state.cause = null;
  }
}

function withHeaders(reply: Reply, request: SandboxRequest, id: string, key: string | undefined): Reply {
  if (reply.kind !== "reply") return reply;
  const version = request.headers["stripe-version"];
  const headers = {
    "request-id": id,
    "stripe-version": typeof version === "string" ? version : API_VERSION,
    ...(key === undefined ? {} : { "idempotency-key": key }),
    ...reply.headers,
  };
  return { ...reply, headers };
}

function refuseStranger({ sandbox }: StripeState, { headers }: SandboxRequest): Reply | undefined {
  const token = bearerOf(headers.authorization);
  if (same(token, sandbox.secrets.stripeSecretKey)) return undefined;
  return statusReply(
    401,
    token === ""
      ? "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
      : `Invalid API Key provided: ${"*".repeat(12)}${token.slice(-4)}`,
  );
}

/** One request of the application, from its credentials to its headers. */
export async function handle(
  state: StripeState,
  endpoint: Endpoint,
  request: SandboxRequest,
): Promise<Reply> {
  const id = state.newId("req");
  const reply = refuseStranger(state, request) ?? (await perform(state, endpoint, request, id));
  return withHeaders(reply, request, id, keyOf(request));
}

export const notFound = (state: StripeState, request: SandboxRequest): Reply =>
  withHeaders(
    refuseStranger(state, request) ??
      errorReply(404, {
        type: "invalid_request_error",
        message: `Unrecognized request URL (${request.method}: /v1${request.path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
      }),
    request,
    state.newId("req"),
    undefined,
  );
