import type { Queryable } from "@/lib/db/pool";
import { type DueGrant, dueGrant, givenBefore, nextRenewal, periodKey } from "./core/allowance";
import { type BillingPeriod, billingPeriod } from "./core/billing-cycle";
import type { AccountRow } from "./store/account";
import { rearmWarnings, writePeriod, writeRenewsAt } from "./store/accounts";
import { findLot, lotsUnder, openLots, postExpiries, postGrant, type Stamp } from "./store/postings";

export type Reached = {
  readonly period: BillingPeriod;
  /** What it lacked, and now has. */
  readonly grant: DueGrant | undefined;
};

/**
 * Brings the running period of a locked account, whose state renews, to its target: a new period expires what is left of
 * earlier allowances and re-arms the warnings. `changedAt` is when the bays changed.
 */
export async function reachTarget(
  tx: Queryable,
  locked: AccountRow,
  stamp: Stamp,
  changedAt: Date = stamp.at,
): Promise<Reached> {
  const { orgId } = locked;
  const period = billingPeriod(stamp.at, locked.anchorAt);
  const account = await recall(tx, locked, period);
  const grant = dueGrant(account, period, changedAt);
  if (grant) {
    if (grant.kind === "period") await endEarlier(tx, account, period, stamp);
    await give(tx, account, period, grant, stamp);
  }
  const grantedTo = grant ? period.endsAt : (account.periodEndsAt ?? period.endsAt);
  await writeRenewsAt(tx, orgId, nextRenewal(account, grantedTo));
  if (grant?.kind === "period") await rearmWarnings(tx, orgId, stamp.at);
  return { period, grant };
}

/** An account whose subscription counts again holds what the running period was given when it counted before. */
async function recall(tx: Queryable, account: AccountRow, period: BillingPeriod): Promise<AccountRow> {
  const { orgId, anchorAt, periodEndsAt } = account;
  if (periodEndsAt !== null) return account;
  const lots = await lotsUnder(tx, orgId, periodKey(anchorAt, period));
  if (lots.length === 0) return account;
  const { granted, bays } = givenBefore(account, lots);
  await writePeriod(tx, orgId, { endsAt: period.endsAt, granted, bays });
  return { ...account, periodEndsAt: period.endsAt, periodGranted: granted, periodBays: bays };
}

/** Monthly lots of other periods end with their own time. */
async function endEarlier(
  tx: Queryable,
  account: AccountRow,
  period: BillingPeriod,
  stamp: Stamp,
): Promise<void> {
  const ended = (await openLots(tx, account.orgId)).filter(
    (lot) => lot.kind === "monthly" && lot.expiresAt !== null && lot.expiresAt <= period.startsAt,
  );
  await postExpiries(tx, account, ended, stamp);
}

async function give(
  tx: Queryable,
  account: AccountRow,
  period: BillingPeriod,
  grant: DueGrant,
  stamp: Stamp,
): Promise<void> {
  const { orgId } = account;
  if (grant.amount > 0n && !(await findLot(tx, orgId, grant.key)))
    await postGrant(
      tx,
      {
        orgId,
        kind: "monthly",
        amount: grant.amount,
        sourceKey: grant.key,
        effectiveAt: period.startsAt,
        expiresAt: period.endsAt,
      },
      stamp,
    );
  const before = grant.kind === "period" ? 0n : account.periodGranted;
  await writePeriod(tx, orgId, {
    endsAt: period.endsAt,
    granted: before + grant.amount,
    bays: grant.bays,
  });
}
