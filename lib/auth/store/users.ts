import { prisma } from "@/lib/db/prisma";

/** Whether the user is one of the demo's, whose password is public. */
export async function isDemoUser(userId: string): Promise<boolean> {
  const user = await prisma().user.findUnique({ where: { id: userId }, select: { demo: true } });
  return user?.demo ?? false;
}

/** A user's address; undefined without such a user. */
export async function selectAddress(userId: string): Promise<string | undefined> {
  const user = await prisma().user.findUnique({ where: { id: userId }, select: { email: true } });
  return user?.email;
}
