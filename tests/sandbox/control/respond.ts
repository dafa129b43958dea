import { z } from "zod";
import { json, parseJson, type Reply, type SandboxRequest } from "../core/http";
import type { Route } from "../core/router";

/** A mistake in the request. */
export class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The body as `schema` has it; a bodiless request counts as `{}`. */
export function readBody<S extends z.ZodType>(schema: S, request: SandboxRequest): z.output<S> {
  const body = request.raw.length === 0 ? {} : parseJson(request.raw);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new ControlError(400, z.prettifyError(parsed.error));
  return parsed.data;
}

/** What changes something has to say that it is JSON, which a page of another origin cannot say without being asked first. */
function requireJson({ method, headers }: SandboxRequest): void {
  if (method !== "GET" && !/^application\/json\s*(;|$)/i.test(headers["content-type"] ?? ""))
    throw new ControlError(415, "Send content-type: application/json.");
}

/** A route of the control API: what it returns becomes JSON, a ControlError its status. */
export function route(
  method: Route["method"],
  path: string,
  handle: (request: SandboxRequest) => unknown | Promise<unknown>,
): Route {
  return {
    method,
    path: `/control${path}`,
    type: "control",
    handle: async (request): Promise<Reply> => {
      try {
        requireJson(request);
        return json(200, (await handle(request)) ?? { ok: true });
      } catch (error) {
        if (error instanceof ControlError) return json(error.status, { error: error.message });
        throw error;
      }
    },
  };
}
