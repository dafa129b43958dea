import type { Reply, SandboxRequest } from "../core/http";
import { errorReply } from "./errors";
import type { SavedAnswer } from "./objects";
import type { StripeState } from "./state";

const KEPT_SECONDS = 86_400;
const MAX_KEY = 255;

const fingerprint = ({ method, path, raw }: SandboxRequest): string => `${method} ${path} ${raw.toString()}`;

export const keyOf = ({ method, headers }: SandboxRequest): string | undefined => {
  const key = headers["idempotency-key"];
  return method === "POST" && typeof key === "string" && key !== "" ? key : undefined;
};

/** The answer to a key that was used before; otherwise the key is taken. Source: docs.stripe.com/api/idempotent_requests */
export function takeKey(
  state: StripeState,
  request: SandboxRequest,
  key: string,
  id: string,
): Reply | undefined {
  if (key.length > MAX_KEY)
    return errorReply(400, {
      type: "invalid_request_error",
      message: "Idempotency keys are at most 255 characters.",
    });
  const now = state.now();
  const saved = state.answers.get(key);
  if (!saved || now - saved.atSeconds > KEPT_SECONDS) {
    state.answers.set(key, { request: fingerprint(request), original: id, atSeconds: now, reply: undefined });
    return undefined;
  }
  if (saved.request !== fingerprint(request))
    return errorReply(400, {
      type: "idempotency_error",
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  if (!saved.reply)
    return errorReply(409, {
      type: "idempotency_error",
      code: "idempotency_key_in_use",
      message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}.`,
    });
  const headers = {
    ...saved.reply.headers,
    "idempotent-replayed": "true",
    "original-request": saved.original,
  };
  return { ...saved.reply, headers };
}

/** Keeps what came of a request; with nothing, the key is free again. */
export function settleKey(state: StripeState, key: string, reply: SavedAnswer["reply"]): void {
  const saved = state.answers.get(key);
  if (saved && reply) state.answers.set(key, { ...saved, reply });
  else state.answers.delete(key);
}
