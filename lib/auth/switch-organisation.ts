import { AppError } from "@/lib/shared/errors";
import { auth } from "./auth";
import type { MemberCtx } from "./session";
import { findMembership } from "./store/members";

/**
 * From now on the browser's session acts for another of its user's organisations. The headers returned renew its cookie.
 * Throws not_found where the user is no member of it.
 */
export async function switchOrganisation(ctx: MemberCtx, orgId: string, headers: Headers): Promise<Headers> {
  const membership = await findMembership(ctx.actor.userId, orgId);
  if (membership?.organizationId !== orgId) throw new AppError("not_found", "Not found.");
  const switched = await auth().api.setActiveOrganization({
    body: { organizationId: orgId },
    headers,
    returnHeaders: true,
  });
  return switched.headers;
}
