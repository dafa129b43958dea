import type { z } from "zod";
import { type Ctx, systemContext } from "@/lib/auth/context";
import type { Limit } from "@/lib/db/limiter";
import { clientAddress } from "./client-address";
import { countWithin } from "./limits";
import { refuseForeignOrigin } from "./own-origin";
import { readJson, requireJson } from "./read-json";
import { type PathParams, type Route, route } from "./route";

type PublicCall<Body> = {
  readonly ctx: Ctx;
  readonly params: PathParams;
  readonly body: Body;
  readonly request: Request;
};

type PublicRoute<Body> = {
  /** The shape of a POST's JSON. */
  readonly body?: z.ZodType<Body>;
  /** How often; beyond it the answer is 429. */
  readonly limit?: Limit;
  /** Of an answer with content; 200 unless it says more. */
  readonly status?: number;
  readonly act: (call: PublicCall<Body>) => unknown;
};

/** A route for anybody: probes, sign-up and sign-in. A browser's POST comes from our own pages, as JSON. */
export function publicRoute<Body = undefined>(name: string, options: PublicRoute<Body>): Route {
  const { body: shape, limit, status, act } = options;
  return route(
    name,
    async (request, params) => {
      if (request.method !== "GET") {
        refuseForeignOrigin(request.headers);
        requireJson(request);
      }
      if (limit) await countWithin(limit, clientAddress(request.headers));
      const body = shape ? await readJson(request, shape) : undefined;
      return act({ ctx: systemContext(name), params, body: body as Body, request });
    },
    status,
  );
}
