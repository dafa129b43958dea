import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { ASKED_PATH_HEADER, signInPath } from "@/lib/http/own-path";
import { isAppError } from "@/lib/shared/errors";
import { type Garage, garagesOf } from "./memberships";
import { type Permission, ROLE_PERMISSIONS, type Role } from "./permissions";
import { type MemberCtx, memberContext, type SignedIn, signedIn } from "./session";
import { findUserName, listMemberships } from "./store/members";

export type Workspace = {
  readonly ctx: MemberCtx;
  readonly orgId: string;
  readonly orgName: string;
  /** All in which the reader has a role, by name. */
  readonly garages: readonly Garage[];
  readonly userName: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
};

/**
 * Who is looking, for server components: read once per request. Sends visitors without a session to the sign-in page, which
 * leads them back, and whoever belongs to no garage to the page that says so.
 */
export const workspaceContext = cache(async (): Promise<Workspace> => {
  const given = await headers();
  const ctx = await memberContext(given).catch((error: unknown) => {
    if (!isAppError(error)) throw error;
    if (error.code === "unauthenticated") redirect(signInPath(given.get(ASKED_PATH_HEADER)));
    if (error.code === "forbidden") redirect("/no-garage");
    throw error;
  });
  const { orgId, userId, role } = ctx.actor;
  const [userName, memberships] = await Promise.all([findUserName(userId), listMemberships(userId)]);
  const garages = garagesOf(memberships);
  const orgName = garages.find((garage) => garage.orgId === orgId)?.name ?? "";
  return { ctx, orgId, orgName, garages, userName, role, permissions: ROLE_PERMISSIONS[role] };
});

/** Who is signed in, for the pages in front of the workspace, and whether they belong in it. */
export async function findPlace(
  given: Headers,
): Promise<{ readonly user: SignedIn | undefined; readonly belongs: boolean }> {
  const user = await signedIn(given);
  if (!user) return { user, belongs: false };
  const belongs = await memberContext(given).then(
    () => true,
    (error: unknown) => {
      if (isAppError(error)) return false;
      throw error;
    },
  );
  return { user, belongs };
}
