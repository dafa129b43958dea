import type { Ctx } from "@/lib/auth/context";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { numbersOf, saveGarage, saveStaff } from "@/tests/factories/garage-rows";
import { openOrganisations } from "../organisations";

const GARAGE = { slug: "heavyweight", name: "Heavyweight Motors", n: 900 };
const OTHERS = 1_000;

export const OWNER = `owner@${GARAGE.slug}.test`;
export const PHONE = numbersOf(GARAGE.n).phone;

export type Size = {
  /** Old ledger entries of the whole database, and the part of them that is the heavy garage's, 0 to 1. */
  readonly entries: number;
  readonly share: number;
};

/** Puts a garage with a long past, its people and its telephone beside the demo's organisations; returns its id. */
export async function openGarage(ctx: Ctx, { entries, share }: Size): Promise<string> {
  const { hot } = await openOrganisations(ctx, share === 1 ? 1 : OTHERS, entries, share);
  await saveStaff(await saveGarage({ orgId: hot, ...GARAGE, at: ctx.now() }), ctx.now());
  await renewAllowance(ctx, hot);
  return hot;
}
