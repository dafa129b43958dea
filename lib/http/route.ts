import { describeError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { inScope } from "@/lib/shared/log-scope";
import { logger } from "@/lib/shared/logger";
import { metrics } from "@/lib/shared/metrics";
import { toAppError } from "./errors";

/** The path's own parts, e.g. `{ id }` of `/conversations/[id]`. */
export type PathParams = Readonly<Record<string, string>>;

/** A route as Next calls it. */
export type Route = (
  request: Request,
  context?: { readonly params: Promise<Record<string, string>> },
) => Promise<Response>;

/** Answers with a response, with what becomes JSON, or with nothing. */
type Handler = (request: Request, params: PathParams) => unknown;

const REQUEST_ID = /^[\w.:-]{8,64}$/;

/** The id that a proxy, or the front door, gave a request; a new one where it gave none. */
export function requestIdOf(given: string | readonly string[] | null | undefined): string {
  return typeof given === "string" && REQUEST_ID.test(given) ? given : newId();
}

/**
 * What every route has in common: request id in, out and in every log line, errors as JSON
 * `{ error: { code, message, field? } }`, one log line of its own, one count. Our own failures are 5xx, never 4xx, so that a
 * provider delivers again. `status` is that of an answer with JSON; without anything to say it is 204.
 */
export function route(name: string, handler: Handler, status = 200): Route {
  return (request, context) => {
    const requestId = requestIdOf(request.headers.get("x-request-id"));
    return inScope({ requestId, route: name }, async () => {
      const startedAt = performance.now();
      const { response, error } = await run(handler, request, (await context?.params) ?? {}, status);
      response.headers.set("x-request-id", requestId);
      const seconds = (performance.now() - startedAt) / 1000;
      metrics().httpRequests.observe({ route: name, status: String(response.status) }, seconds);
      const line = {
        method: request.method,
        status: response.status,
        durationMs: Math.round(seconds * 1000),
      };
      if (response.status >= 500)
        logger().error({ ...line, error: error && describeError(error) }, "request failed");
      else logger().info({ ...line, ...(error ? { refused: toAppError(error).code } : {}) }, "request");
      return response;
    });
  };
}

type Answered = { readonly response: Response; readonly error?: unknown };

async function run(
  handler: Handler,
  request: Request,
  params: PathParams,
  status: number,
): Promise<Answered> {
  try {
    return { response: toResponse(await handler(request, params), status) };
  } catch (error) {
    const { code, message, status, field, retryAfterSeconds } = toAppError(error);
    const headers: HeadersInit =
      retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) };
    return { response: Response.json({ error: { code, message, field } }, { status, headers }), error };
  }
}

function toResponse(answer: unknown, status: number): Response {
  if (answer instanceof Response) return answer;
  return answer === undefined ? new Response(null, { status: 204 }) : Response.json(answer, { status });
}
