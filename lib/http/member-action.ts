import { headers } from "next/headers";
import type { z } from "zod";
import { type MemberCtx, memberContext } from "@/lib/auth/session";
import type { Limit } from "@/lib/db/limiter";
import { describeError, type ErrorCode } from "@/lib/shared/errors";
import { inScope } from "@/lib/shared/log-scope";
import { logger } from "@/lib/shared/logger";
import { toAppError } from "./errors";
import { countWithin } from "./limits";
import { refuseForeignOrigin } from "./own-origin";
import { parseInput } from "./read-json";
import { inputIsRead } from "./reading-input";
import { requestIdOf } from "./route";

/** Why an action did nothing; `message` is for people. */
export type Refused = { readonly kind: "refused"; readonly code: ErrorCode; readonly message: string };

type MemberCall<Input> = { readonly ctx: MemberCtx; readonly orgId: string; readonly input: Input };

type MemberAction<Input, Result> = {
  readonly input: z.ZodType<Input>;
  /** How often; beyond it the action is refused. */
  readonly limit?: Limit;
  /** One verb. */
  readonly act: (call: MemberCall<Input>) => Promise<Result>;
};

/**
 * A server action of a signed-in member, on behalf of the page's organisation, which is its first argument: the server
 * page binds it. Never throws: what a verb throws becomes words for people, what is our fault is logged as an error.
 */
export function memberAction<Input, Result>(name: string, options: MemberAction<Input, Result>) {
  return async (organisation: string, input: Input): Promise<Result | Refused> => {
    inputIsRead();
    const given = await headers();
    return inScope({ requestId: requestIdOf(given.get("x-request-id")), route: name }, async () => {
      try {
        refuseForeignOrigin(given);
        const ctx = await memberContext(given, String(organisation));
        if (options.limit) await countWithin(options.limit, ctx.actor.userId);
        return await options.act({ ctx, orgId: ctx.actor.orgId, input: parseInput(input, options.input) });
      } catch (error) {
        const { code, message, status } = toAppError(error);
        if (status >= 500) logger().error({ error: describeError(error) }, "action failed");
        else logger().info({ refused: code }, "action");
        return { kind: "refused", code, message };
      }
    });
  };
}
