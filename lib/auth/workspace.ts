import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { isAppError } from "@/lib/shared/errors";
import { type Permission, ROLE_PERMISSIONS, type Role } from "./permissions";
import { type MemberCtx, memberContext } from "./session";
import { findWorkspace } from "./store/members";

export type Workspace = {
  readonly ctx: MemberCtx;
  readonly orgId: string;
  readonly orgName: string;
  readonly userName: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
};

/** Who is looking, for server components: once a request. Sends visitors without a session to the sign-in page. */
export const workspaceContext = cache(async (): Promise<Workspace> => {
  const ctx = await memberContext(await headers()).catch((error: unknown) => {
    if (isAppError(error) && (error.code === "unauthenticated" || error.code === "forbidden"))
      redirect("/sign-in");
    throw error;
  });
  const { orgId, userId, role } = ctx.actor;
  const { orgName, userName } = await findWorkspace(orgId, userId);
  return { ctx, orgId, orgName, userName, role, permissions: ROLE_PERMISSIONS[role] };
});
