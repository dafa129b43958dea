import { prisma } from "@/lib/db/prisma";

/** Whether the user is one of the demo's, whose password is public. */
export async function isDemoUser(userId: string): Promise<boolean> {
  const user = await prisma().user.findUnique({ where: { id: userId }, select: { demo: true } });
  return user?.demo ?? false;
}
