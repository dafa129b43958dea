import { prisma } from "@/lib/db/prisma";

export type Membership = { readonly organizationId: string; readonly role: string };

/** The user's membership of the organisation that is asked for; of the first they joined where it is not theirs. */
export async function findMembership(
  userId: string,
  preferred: string | null,
): Promise<Membership | undefined> {
  const memberships = await prisma().member.findMany({
    where: { userId },
    orderBy: { createdAt: "asc" },
    select: { organizationId: true, role: true },
  });
  return memberships.find(({ organizationId }) => organizationId === preferred) ?? memberships[0];
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
