import type { Ctx } from "@/lib/auth/context";
import { prisma } from "@/lib/db/prisma";
import { env } from "@/lib/shared/env";
import { tellProvider } from "./control";

const WINDOW_MS = 24 * 3_600_000;

/**
 * Tells the local Meta which customers of any garage wrote within the last 24 hours, and their latest message: it refuses
 * every reply (131047) to somebody it has not heard from. Safe to run again: a window never moves back.
 */
export async function seedWindows(ctx: Ctx): Promise<void> {
  const now = ctx.now();
  const open = await prisma().conversation.findMany({
    where: { channel: "whatsapp", windowEndsAt: { gt: now } },
    select: {
      identity: true,
      windowEndsAt: true,
      contact: { select: { waId: true, bsuid: true } },
      messages: {
        where: { direction: "inbound" },
        orderBy: [{ at: "desc" }, { id: "desc" }],
        take: 1,
        select: { providerId: true },
      },
    },
  });
  for (const { identity, windowEndsAt, contact, messages } of open) {
    const from = contact.waId === null ? contact.bsuid : `+${contact.waId}`;
    if (from === null || windowEndsAt === null) continue;
    const ageMs = Math.max(0, now.getTime() - (windowEndsAt.getTime() - WINDOW_MS));
    const id = messages[0]?.providerId;
    const latest = { line: identity, from, ageSeconds: ageMs / 1_000, ...(id ? { id } : {}) };
    await tellProvider(env().META_API_BASE, "/whatsapp/windows", latest);
  }
}
