import { prisma } from "@/lib/db/prisma";
import { credits } from "@/lib/shared/money";
import { demoId } from "./names";

/** The demo's packs. The local provider knows these prices from its start. */
const PACKS = [
  { name: "Starter", credits: 1_000, pricePence: 1_000, stripePriceId: "price_starter" },
  { name: "Workshop", credits: 5_000, pricePence: 4_500, stripePriceId: "price_workshop" },
  { name: "Fleet", credits: 20_000, pricePence: 16_000, stripePriceId: "price_fleet" },
];

/** What is there already stays as it is. */
export async function savePacks(): Promise<void> {
  await prisma().creditPack.createMany({
    data: PACKS.map((pack, index) => ({
      ...pack,
      id: demoId(`pack:${pack.stripePriceId}`),
      credits: credits(pack.credits),
      position: index + 1,
    })),
    skipDuplicates: true,
  });
}
