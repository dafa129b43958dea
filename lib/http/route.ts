import { describeError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { type Log, logger } from "@/lib/shared/logger";
import { metrics } from "@/lib/shared/metrics";
import { toAppError } from "./errors";

/** What a handler gets beside its request: the request's id and a log that carries it. */
export type RouteScope = {
  readonly requestId: string;
  readonly log: Log;
  /** The path's own parts, e.g. `{ id }` of `/conversations/[id]`. */
  readonly params: Readonly<Record<string, string>>;
};

type PathContext = { readonly params: Promise<Record<string, string>> };

type Handler = (request: Request, scope: RouteScope) => Promise<Response> | Response;

const REQUEST_ID = /^[\w.:-]{8,64}$/;

/**
 * Wraps a route: request id in and out, errors as JSON `{ error: { code, message } }`, one log line, one count.
 * Our own failures are 5xx, never 4xx, so that a provider delivers again.
 */
export function route(
  name: string,
  handler: Handler,
): (request: Request, context?: PathContext) => Promise<Response> {
  return async (request, context) => {
    const startedAt = performance.now();
    const given = request.headers.get("x-request-id") ?? "";
    const requestId = REQUEST_ID.test(given) ? given : newId();
    const log = logger().child({ requestId, route: name });
    const { response, error } = await run(handler, request, {
      requestId,
      log,
      params: (await context?.params) ?? {},
    });
    response.headers.set("x-request-id", requestId);
    const seconds = (performance.now() - startedAt) / 1000;
    metrics.httpRequests.observe({ route: name, status: String(response.status) }, seconds);
    const line = { method: request.method, status: response.status, durationMs: Math.round(seconds * 1000) };
    if (response.status >= 500)
      log.error({ ...line, error: error && describeError(error) }, "request failed");
    else log.info({ ...line, ...(error ? { refused: toAppError(error).code } : {}) }, "request");
    return response;
  };
}

async function run(
  handler: Handler,
  request: Request,
  scope: RouteScope,
): Promise<{ response: Response; error?: unknown }> {
  try {
    return { response: await handler(request, scope) };
  } catch (error) {
    const { code, message, status } = toAppError(error);
    const headers: HeadersInit = status === 503 ? { "retry-after": "5" } : {};
    return { response: Response.json({ error: { code, message } }, { status, headers }), error };
  }
}
