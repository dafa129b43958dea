import type { Ctx } from "@/lib/auth/context";
import { grantCredits } from "@/lib/credits/grant-credits";
import { openAccount } from "@/lib/credits/open-account";
import { prisma } from "@/lib/db/prisma";
import { credits, microGbp } from "@/lib/shared/money";
import { saveGarage, saveStaff } from "./garage-rows";

/** Above every number of the demo and of a file's own organisations. */
const FIRST = 5_000;

/**
 * A garage in the database that all files of tests/http share, one file after the other: its numbers follow from how many
 * there are, so that no two files make the same. Without credits unless some are bought.
 */
export async function givenSharedGarage(ctx: Ctx, purchased = 0) {
  const n = FIRST + (await prisma().organization.count());
  const garage = await saveGarage({ n, at: ctx.now() });
  const { orgId } = garage;
  await openAccount(ctx, { orgId, state: "active", allowance: credits(0), trialCap: microGbp(0n) });
  if (purchased > 0)
    await grantCredits(ctx, { orgId, kind: "purchased", amount: credits(purchased), key: "given:purchased" });
  return garage;
}

export type SharedGarage = Awaited<ReturnType<typeof givenSharedGarage>>;

/** Such a garage with an owner, a manager, an advisor and a technician, who sign in as the demo's people do. */
export async function givenStaffedGarage(ctx: Ctx, purchased = 0) {
  const garage = await givenSharedGarage(ctx, purchased);
  await saveStaff(garage, ctx.now());
  return { ...garage, owner: `owner@${garage.slug}.test`, manager: `manager@${garage.slug}.test` };
}

export type StaffedGarage = Awaited<ReturnType<typeof givenStaffedGarage>>;
