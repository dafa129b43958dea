import type { Ctx } from "@/lib/auth/context";
import { prisma } from "@/lib/db/prisma";
import { credits } from "@/lib/shared/money";

const STARTER = {
  packName: "Starter",
  credits: credits(1_000),
  pricePence: 1_000,
  source: "manual",
} as const;

/** Every end that a purchase may have, the latest first. */
const LINES = [
  { ...STARTER, status: "paid", returnedPence: 0, source: "auto_top_up" },
  { ...STARTER, status: "partly_refunded", returnedPence: 250 },
  { ...STARTER, status: "refunded", returnedPence: 1_000 },
  { ...STARTER, status: "disputed", returnedPence: 0 },
  { ...STARTER, status: "charged_back", returnedPence: 1_000 },
] as const;

const DAY_MS = 86_400_000;

/** A Purchase History with every kind of line, a day apart. The ledger knows nothing of them. */
export async function givenPurchases(ctx: Ctx, orgId: string): Promise<void> {
  const now = ctx.now().getTime();
  await prisma().creditPurchase.createMany({
    data: LINES.map((line, age) => ({
      ...line,
      orgId,
      id: ctx.newId(),
      sourceKey: `given:${line.status}`,
      purchasedAt: new Date(now - age * DAY_MS),
    })),
  });
}
