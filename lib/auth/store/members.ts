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

/** What a user is called. Throws without such a user. */
export async function findUserName(userId: string): Promise<string> {
  const { name } = await prisma().user.findUniqueOrThrow({ where: { id: userId }, select: { name: true } });
  return name;
}

/** Whether a user has a place in any garage, whatever their role there. */
export async function isAnywhere(tx: Queryable, userId: string): Promise<boolean> {
  const { rowCount } = await tx.query("SELECT FROM member WHERE user_id = $1 LIMIT 1", [userId]);
  return rowCount !== 0;
}
