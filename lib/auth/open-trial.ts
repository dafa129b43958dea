import { openAccount } from "@/lib/credits/open-account";
import type { Queryable } from "@/lib/db/pool";
import { credits, microGbp } from "@/lib/shared/money";
import { asSystem, type Ctx } from "./context";
import { insertGarage } from "./store/garages";

/** A trial's one allowance, and how much AI it may spend in all. */
const TRIAL_ALLOWANCE = credits(1_000);
const TRIAL_CAP = microGbp(5_000_000n);

/** Makes a garage on a trial, its owner and its account, within `tx`. Returns its id. */
export async function openTrial(
  ctx: Ctx,
  tx: Queryable,
  { garageName, ownerId }: { readonly garageName: string; readonly ownerId: string },
): Promise<string> {
  const orgId = ctx.newId();
  await insertGarage(tx, { orgId, garageName, ownerId, memberId: ctx.newId(), at: ctx.now() });
  const trial = { orgId, state: "trial", allowance: TRIAL_ALLOWANCE, trialCap: TRIAL_CAP } as const;
  await openAccount(asSystem(ctx, "sign-up"), trial, tx);
  return orgId;
}
