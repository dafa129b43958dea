import { type Ctx, requireSupport } from "@/lib/auth/context";
import type { InteractionKey } from "./interaction";
import { givenUpSince } from "./store/interactions";
import { recalculatingAccounts } from "./store/reconcile";

export type AccountConcerns = {
  /** Accounts that departed from their entries and are not mended. */
  readonly drifted: readonly { readonly orgId: string; readonly since: Date }[];
  /** Calls, messages and questions whose cost never came. */
  readonly givenUp: readonly (InteractionKey & { readonly startedAt: Date })[];
};

const DAY_MS = 86_400_000;
const GIVEN_UP_DAYS = 30;

/** What of the ledger support must look at, at most `limit` of each. */
export async function listAccountConcerns(ctx: Ctx, limit: number): Promise<AccountConcerns> {
  requireSupport(ctx.actor);
  const since = new Date(ctx.now().getTime() - GIVEN_UP_DAYS * DAY_MS);
  const [drifted, givenUp] = await Promise.all([recalculatingAccounts(limit), givenUpSince(since, limit)]);
  return { drifted, givenUp };
}
