import { createHmac } from "node:crypto";
import { prisma } from "@/lib/db/prisma";
import { env } from "@/lib/shared/env";
import { newId } from "@/lib/shared/ids";

export type GivenSession = { readonly userId: string; readonly sessionId: string; readonly cookie: string };

/** A signed-in user, made here if none is given, and the Cookie header that their browser sends. */
export async function givenSession(
  given: { readonly userId?: string; readonly activeOrganizationId?: string; readonly createdAt?: Date } = {},
): Promise<GivenSession> {
  const userId = given.userId ?? newId();
  if (given.userId === undefined)
    await prisma().user.create({ data: { id: userId, name: "Sam Ortiz", email: `${userId}@garage.test` } });
  const sessionId = newId();
  const token = newId();
  await prisma().session.create({
    data: {
      id: sessionId,
      token,
      userId,
      activeOrganizationId: given.activeOrganizationId ?? null,
      expiresAt: new Date(Date.now() + 24 * 3_600_000),
      ...(given.createdAt ? { createdAt: given.createdAt } : {}),
    },
  });
  const signature = createHmac("sha256", env().AUTH_SECRET).update(token).digest("base64");
  return {
    userId,
    sessionId,
    cookie: `better-auth.session_token=${encodeURIComponent(`${token}.${signature}`)}`,
  };
}
