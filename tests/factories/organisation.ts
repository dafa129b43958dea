import type { Ctx } from "@/lib/auth/context";
import { anchorOn } from "@/lib/credits/core/billing-cycle";
import type { SubscriptionState } from "@/lib/credits/core/subscription";
import { grantCredits } from "@/lib/credits/grant-credits";
import { openAccount } from "@/lib/credits/open-account";
import { renewAllowance } from "@/lib/credits/renew-allowance";
import { credits, microGbp } from "@/lib/shared/money";
import { type GarageRows, saveGarage } from "./garage-rows";

/** Above the demo's own numbers, so that both can share a database. */
let lastNumber = 1_000;

export type GivenOrganisation = GarageRows;

/**
 * A garage with its account, numbers and persona. Whole credits; an active or grandfathered one starts with its allowance,
 * `gifted` and `purchased` come on top.
 */
export async function givenOrganisation(
  ctx: Ctx,
  given: {
    readonly state?: SubscriptionState;
    readonly allowance?: number;
    readonly trialCapPence?: number;
    readonly anchorDay?: number;
    readonly gifted?: number;
    readonly purchased?: number;
  } = {},
): Promise<GivenOrganisation> {
  lastNumber += 1;
  const garage = await saveGarage({ n: lastNumber, at: ctx.now() });
  const { orgId } = garage;
  await openAccount(ctx, {
    orgId,
    state: given.state ?? "active",
    allowance: credits(given.allowance ?? 0),
    trialCap: microGbp(BigInt(given.trialCapPence ?? 0) * 10_000n),
    ...(given.anchorDay === undefined ? {} : { anchorAt: anchorOn(given.anchorDay, ctx.now()) }),
  });
  await renewAllowance(ctx, orgId);
  for (const kind of ["gifted", "purchased"] as const) {
    const amount = given[kind] ?? 0;
    if (amount > 0) await grantCredits(ctx, { orgId, kind, amount: credits(amount), key: `given:${kind}` });
  }
  return garage;
}
