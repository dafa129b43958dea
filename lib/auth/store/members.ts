import type { Queryable } from "@/lib/db/pool";
import { prisma } from "@/lib/db/prisma";
import type { Membership } from "../memberships";

/** A user's garages, those they joined first before the others. */
export async function listMemberships(
  userId: string,
): Promise<readonly (Membership & { readonly name: string })[]> {
  const memberships = await prisma().member.findMany({
    where: { userId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { organizationId: true, role: true, organization: { select: { name: true } } },
  });
  return memberships.map(({ organizationId, role, organization }) => ({
    orgId: organizationId,
    role,
    name: organization.name,
  }));
}

/** What the frame of every page says: the garage and who is signed in. Throws where they are no member of it. */
export async function findWorkspace(
  orgId: string,
  userId: string,
): Promise<{ orgName: string; userName: string }> {
  const member = await prisma().member.findUniqueOrThrow({
    where: { organizationId_userId: { organizationId: orgId, userId } },
    select: { organization: { select: { name: true } }, user: { select: { name: true } } },
  });
  return { orgName: member.organization.name, userName: member.user.name };
}

/** Whether a user has a place in any garage, whatever their role there. */
export async function isAnywhere(tx: Queryable, userId: string): Promise<boolean> {
  const { rowCount } = await tx.query("SELECT FROM member WHERE user_id = $1 LIMIT 1", [userId]);
  return rowCount !== 0;
}
