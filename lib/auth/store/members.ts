import { prisma } from "@/lib/db/prisma";

export type Membership = { readonly organizationId: string; readonly role: string };

/** The user's membership of one organisation, or of the first they joined where none is named. */
export async function findMembership(
  userId: string,
  organizationId: string | null,
): Promise<Membership | undefined> {
  const member = await prisma().member.findFirst({
    where: { userId, ...(organizationId ? { organizationId } : {}) },
    orderBy: { createdAt: "asc" },
    select: { organizationId: true, role: true },
  });
  return member ?? undefined;
}

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
