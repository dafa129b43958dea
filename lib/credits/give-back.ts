import type { Queryable } from "@/lib/db/pool";
import { type GiveBack, type Move, planGiveBack } from "./core/plan-give-back";
import { postDueExpiries } from "./expire-lots";
import { type DrawEntry, drawEntries } from "./store/draws";
import { allLots, type Lot, postCredit, type Stamp } from "./store/postings";

const REVERSED_USAGE = /^reversal:(interaction:.*)$/;
const REVERSED_GRANT = /^(reversal:.*)@\d+$/;

/** The name under which all reversals of a grant are held together. */
export const reversalsOf = (sourceKey: string): string => `reversal:${sourceKey}`;

/**
 * Posts what `group` gives back (an interaction's usage cause, or the reversals of a grant), along its recorded draws; what
 * has expired meanwhile expires again at once. Returns the microcredits that came back: what an adjustment wrote off does
 * not. The account must be locked.
 */
export async function postGiveBack(
  tx: Queryable,
  {
    orgId,
    group,
    outstanding,
    amount,
  }: { orgId: string; group: string; outstanding: bigint; amount: bigint },
  cause: string,
  stamp: Stamp,
): Promise<bigint> {
  const lots = await allLots(tx, orgId);
  const entries = await drawEntries(tx, orgId, group.startsWith("interaction:") ? group : null);
  const drawOrder = lots.map((lot) => lot.id);
  const plan = planGiveBack(toMoves(entries, lots), drawOrder, { group, outstanding, amount });
  const shares = sharesOf(plan);
  if (shares.length === 0) return 0n;
  await postCredit(tx, { orgId, kind: "reversal", cause, lots: shares }, stamp);
  await postDueExpiries(tx, orgId, stamp);
  return shares.reduce((sum, share) => sum + share.amount, 0n);
}

const sharesOf = ({ settles, lots }: GiveBack): { id: bigint | null; amount: bigint }[] => [
  ...(settles > 0n ? [{ id: null, amount: settles }] : []),
  ...lots,
];

/** Entries as moves; the entries of one reversal that gave back are one move. */
function toMoves(entries: readonly DrawEntry[], lots: readonly Lot[]): Move[] {
  const lotOf = new Map(lots.map((lot) => [lot.sourceKey, lot.id]));
  const moves: Move[] = [];
  const given = new Map<string, bigint>();
  for (const { kind, cause, amount } of entries)
    if (kind === "reversal" && amount > 0n) given.set(cause, (given.get(cause) ?? 0n) + amount);
  for (const { kind, cause, lotId, amount } of entries) {
    if (amount < 0n) moves.push({ does: "take", group: groupOf(cause), lotId, amount: -amount });
    else if (kind !== "reversal")
      moves.push({ does: "settle", lotId: kind === "grant" ? (lotOf.get(cause) ?? null) : null, amount });
    else {
      const whole = given.get(cause);
      if (whole !== undefined) moves.push({ does: "give-back", group: groupOf(cause), amount: whole });
      given.delete(cause);
    }
  }
  return moves;
}

const groupOf = (cause: string): string =>
  REVERSED_USAGE.exec(cause)?.[1] ?? REVERSED_GRANT.exec(cause)?.[1] ?? cause;
