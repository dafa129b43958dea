import { memberContext } from "@/lib/auth/session";
import { getBalance } from "@/lib/credits/get-balance";
import { route } from "@/lib/http/route";

export const dynamic = "force-dynamic";

/** The signed-in organisation’s balance, gauge and lots. */
export const GET = route("credits/balance", async (request) => {
  const ctx = await memberContext(request.headers);
  return Response.json(await getBalance(ctx, ctx.actor.orgId));
});
