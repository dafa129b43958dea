// The part of `npm run credits` that sells: packs, and payments that never arrived.
import { asSystem, type Ctx } from "@/lib/auth/context";
import { reconcilePayments } from "@/lib/billing/reconcile-payments";
import { endPack, setPack } from "@/lib/billing/set-pack";
import { prisma } from "@/lib/db/prisma";
import { wholeBalance } from "@/lib/shared/money";
import { inFull } from "./credits-account";

const inPounds = (pence: number): string => `£${(pence / 100).toFixed(2)}`;

/** Every pack, one a line. */
export async function describePacks(): Promise<string> {
  const packs = await prisma().creditPack.findMany({ orderBy: [{ position: "asc" }, { id: "asc" }] });
  if (packs.length === 0) return "There are no packs yet: `pack <stripe price id>` offers one.";
  return packs
    .map(({ name, credits, pricePence, stripePriceId, active }) => {
      const state = !active ? "withdrawn" : stripePriceId ? "offered" : "without a price";
      const columns = [name.padEnd(16), inFull(wholeBalance(credits)).padStart(10), "credits"];
      return [...columns, inPounds(pricePence).padStart(10), state.padEnd(15), stripePriceId ?? ""]
        .join("  ")
        .trimEnd();
    })
    .join("\n");
}

export type PackOptions = {
  readonly name: string;
  readonly credits: number;
  readonly position: number;
  readonly withdraw: boolean;
};

export async function changePack(ctx: Ctx, stripePriceId: string, options: PackOptions): Promise<string> {
  if (options.withdraw) {
    await endPack(ctx, stripePriceId);
    return `The pack at ${stripePriceId} is withdrawn.\n`;
  }
  const { pricePence } = await setPack(ctx, { stripePriceId, ...options });
  return `${options.name}: ${inFull(options.credits)} credits for ${inPounds(pricePence)}, VAT included.\n`;
}

/** Says what was repaired; false where something is left. */
export async function repairPayments(ctx: Ctx, hours: number): Promise<{ said: string; whole: boolean }> {
  const { events, checkouts, failed } = await reconcilePayments(asSystem(ctx, "cli"), { hours });
  const said = `Missed events acted on: ${events}. Checkouts looked at: ${checkouts}. Failed: ${failed}.`;
  return { said, whole: failed === 0 };
}
