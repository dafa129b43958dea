import { type Ctx, requireSystem } from "@/lib/auth/context";
import type { Queryable } from "@/lib/db/pool";
import type { SubscriptionState } from "./core/subscription";
import { type AccountRow, lockAccount, readAccount } from "./store/account";

/** How an account stands, in microcredits. */
export type Standing = {
  readonly state: SubscriptionState;
  readonly balance: bigint;
  readonly overdraft: bigint;
  readonly allowance: bigint;
  readonly bays: number | null;
  /** The allowance is a figure that support has set for this organisation. */
  readonly ownAllowance: boolean;
  readonly frozen: boolean;
  /** Where its subscription's periods count from, when the one ends that was granted last, and the most bays it counted. */
  readonly granted: { readonly anchorAt: Date; readonly endsAt: Date | null; readonly bays: number | null };
};

/** Holds an account until the caller's transaction ends: nobody posts to it meanwhile. Throws not_found without one. */
export async function holdAccount(ctx: Ctx, orgId: string, tx: Queryable): Promise<Standing> {
  requireSystem(ctx.actor);
  return standingOf(await lockAccount(tx, orgId));
}

/** How an account stands at this moment, without holding it. Throws not_found without one. */
export async function readStanding(ctx: Ctx, orgId: string): Promise<Standing> {
  requireSystem(ctx.actor);
  return standingOf(await readAccount(orgId));
}

function standingOf(account: AccountRow): Standing {
  const { state, balance, overdraft, allowance, bays, ownAllowance, frozenAt } = account;
  const granted = { anchorAt: account.anchorAt, endsAt: account.periodEndsAt, bays: account.periodBays };
  return { state, balance, overdraft, allowance, bays, ownAllowance, frozen: frozenAt !== null, granted };
}
