import { prisma } from "@/lib/db/prisma";

/** Deletes a user's sessions that have run out. */
export async function forgetOldSessions(userId: string, now: Date): Promise<void> {
  await prisma().session.deleteMany({ where: { userId, expiresAt: { lt: now } } });
}
