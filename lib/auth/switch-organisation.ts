import { publishAccess } from "@/lib/notify/live";
import { AppError } from "@/lib/shared/errors";
import { auth } from "./auth";
import { actingIn } from "./memberships";
import { signedIn } from "./session";
import { listMemberships } from "./store/members";

/**
 * From now on the browser's session acts for another of its user's organisations, whichever its pages show. The headers
 * returned renew its cookie; its other tabs are told. Throws unauthenticated without a session, not_found where the user has
 * no role in that organisation.
 */
export async function switchOrganisation(orgId: string, headers: Headers): Promise<Headers> {
  const user = await signedIn(headers);
  if (!user) throw new AppError("unauthenticated", "Sign in to continue.");
  const { userId } = user;
  if (actingIn(await listMemberships(userId), orgId)?.orgId !== orgId)
    throw new AppError("not_found", "You are not in this garage’s team any more.");
  const switched = await auth().api.setActiveOrganization({
    body: { organizationId: orgId },
    headers,
    returnHeaders: true,
  });
  publishAccess(userId);
  return switched.headers;
}
