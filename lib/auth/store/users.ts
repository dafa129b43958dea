import type { Queryable } from "@/lib/db/pool";
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

/** What the ways in must know of a user. Throws where there is no such user. */
export async function findPerson(
  userId: string,
): Promise<{ readonly name: string; readonly email: string; readonly twoFactorEnabled: boolean }> {
  return prisma().user.findUniqueOrThrow({
    where: { id: userId },
    select: { name: true, email: true, twoFactorEnabled: true },
  });
}

/** A user's name, locked until the transaction ends. Throws where there is no such user. */
export async function lockName(tx: Queryable, userId: string): Promise<string> {
  const { rows } = await tx.query<{ name: string }>(`SELECT name FROM "user" WHERE id = $1 FOR UPDATE`, [
    userId,
  ]);
  if (!rows[0]) throw new Error("there is no such user");
  return rows[0].name;
}

/** Gives a user another name. */
export async function setName(tx: Queryable, userId: string, name: string, at: Date): Promise<void> {
  await tx.query(`UPDATE "user" SET name = $2, updated_at = $3 WHERE id = $1`, [userId, name, at]);
}

/** The user who has an address, which is in lower case; undefined for none. */
export async function findIdByEmail(tx: Queryable, email: string): Promise<string | undefined> {
  const { rows } = await tx.query<{ id: string }>(`SELECT id FROM "user" WHERE email = $1`, [email]);
  return rows[0]?.id;
}
