import type { z } from "zod";
import { type MemberCtx, memberContext } from "@/lib/auth/session";
import type { Limit } from "@/lib/db/limiter";
import { AppError } from "@/lib/shared/errors";
import { countWithin } from "./limits";
import { refuseForeignOrigin } from "./own-origin";
import { readJson, requireJson } from "./read-json";
import { type PathParams, type Route, route } from "./route";

type MemberCall<Body> = {
  readonly ctx: MemberCtx;
  /** The member's organisation, which is the one that the request was meant for. */
  readonly orgId: string;
  readonly params: PathParams;
  readonly body: Body;
  readonly request: Request;
};

type MemberRoute<Body> = {
  /** The shape of a POST's JSON. */
  readonly body?: z.ZodType<Body>;
  /** A POST of a file: its bytes are left to the verb, and `x-organisation`, which no page of another origin can set, is required. */
  readonly file?: true;
  /** How often; beyond it the answer is 429. Where it depends on what is asked for, only readable bodies are counted. */
  readonly limit?: Limit | ((body: Body) => Limit);
  /** Of an answer with content; 200 unless it says more. */
  readonly status?: number;
  /** One verb. What it returns is the answer: JSON, a whole response, or nothing. */
  readonly act: (call: MemberCall<Body>) => unknown;
};

/**
 * A route for a signed-in member, on behalf of one organisation: the page's own, which comes in `x-organisation` (where
 * a browser cannot set headers, in `?organisation=`). Pages of other origins, bodies that are not JSON and requests meant
 * for another organisation are refused.
 */
export function memberRoute<Body = undefined>(name: string, options: MemberRoute<Body>): Route {
  const { body: shape, file = false, limit, status, act } = options;
  return route(
    name,
    async (request, params) => {
      if (request.method !== "GET") {
        refuseForeignOrigin(request.headers);
        if (file) requireOrganisation(request);
        else requireJson(request);
      }
      const ctx = await memberContext(request.headers, organisationMeant(request));
      if (limit && typeof limit !== "function") await countWithin(limit, ctx.actor.userId);
      const body = (shape ? await readJson(request, shape) : undefined) as Body;
      if (typeof limit === "function") await countWithin(limit(body), ctx.actor.userId);
      return act({ ctx, orgId: ctx.actor.orgId, params, body, request });
    },
    status,
  );
}

function requireOrganisation({ headers }: Request): void {
  if (headers.get("x-organisation") === null)
    throw new AppError("invalid_input", "Say in x-organisation which organisation the file is for.");
}

const organisationMeant = (request: Request): string | null =>
  request.headers.get("x-organisation") ?? new URL(request.url).searchParams.get("organisation");
