import { z } from "zod";
import { changeName } from "@/lib/auth/account/change-name";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** The member is called otherwise from now on. */
export const POST = memberRoute("settings/account-name", {
  limit: LIMITS.ownAccount,
  body: z.object({ name: z.string().max(1_000) }),
  act: ({ ctx, body }) => changeName(ctx, body.name),
});
