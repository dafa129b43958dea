import { publishAccess } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import { auth } from "./auth";
import { actingIn } from "./memberships";
import type { MemberCtx } from "./session";
import { listMemberships } from "./store/members";

/**
 * From now on the browser's session acts for another of its user's organisations. The headers returned renew its cookie.
 * Throws not_found where the user is no member of it.
 */
export async function switchOrganisation(ctx: MemberCtx, orgId: string, headers: Headers): Promise<Headers> {
  const { userId } = ctx.actor;
  if (actingIn(await listMemberships(userId), orgId)?.orgId !== orgId)
    throw new AppError("not_found", "Not found.");
  const switched = await auth().api.setActiveOrganization({
    body: { organizationId: orgId },
    headers,
    returnHeaders: true,
  });
  publishAccess(userId);
  return switched.headers;
}
