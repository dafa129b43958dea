import type { LotKind } from "@/lib/credits/store/postings";

/** What the ledger must do, said as simply as possible: one account, arrays, no SQL. */
export type ModelLot = {
  readonly source: string;
  readonly kind: LotKind;
  readonly granted: bigint;
  remaining: bigint;
  reversed: bigint;
  readonly expiresAt: Date | null;
};

const PRIORITY: Record<LotKind, number> = { monthly: 0, gifted: 1, purchased: 2 };

export class LedgerModel {
  overdraft = 0n;
  readonly lots: ModelLot[] = [];
  readonly settled = new Map<string, { cost: bigint; draws: { lot: ModelLot | null; amount: bigint }[] }>();

  get balance(): bigint {
    return this.lots.reduce((sum, lot) => sum + lot.remaining, 0n) - this.overdraft;
  }

  grant(lot: Omit<ModelLot, "remaining" | "reversed">): void {
    const settles = lot.granted < this.overdraft ? lot.granted : this.overdraft;
    this.overdraft -= settles;
    this.lots.push({ ...lot, remaining: lot.granted - settles, reversed: 0n });
  }

  /** Draws in order: kind, earliest expiry, oldest; `first` before all others; the rest is overdraft. */
  draw(amount: bigint, first?: ModelLot): { lot: ModelLot | null; amount: bigint }[] {
    const time = (lot: ModelLot) => lot.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
    const order = [...this.lots].sort(
      (a, b) =>
        Number(b === first) - Number(a === first) ||
        PRIORITY[a.kind] - PRIORITY[b.kind] ||
        (time(a) === time(b) ? 0 : time(a) - time(b)) ||
        this.lots.indexOf(a) - this.lots.indexOf(b),
    );
    const draws: { lot: ModelLot | null; amount: bigint }[] = [];
    let left = amount;
    for (const lot of order) {
      const taken = lot.remaining < left ? lot.remaining : left;
      if (taken === 0n) continue;
      lot.remaining -= taken;
      left -= taken;
      draws.push({ lot, amount: taken });
    }
    if (left > 0n) {
      this.overdraft += left;
      draws.push({ lot: null, amount: left });
    }
    return draws;
  }

  settle(ref: string, cost: bigint, credits: bigint): "settled" | "duplicate" | "conflict" {
    const before = this.settled.get(ref);
    if (before) return before.cost === cost ? "duplicate" : "conflict";
    this.settled.set(ref, { cost, draws: this.draw(credits) });
    return "settled";
  }

  expire(now: Date, spare: (lot: ModelLot) => boolean): number {
    const due = this.lots.filter(
      (lot) => lot.remaining > 0n && lot.expiresAt && lot.expiresAt <= now && !spare(lot),
    );
    for (const lot of due) lot.remaining = 0n;
    return due.length;
  }

  /** Brings what was taken back from a lot to `target`. */
  reverse(lot: ModelLot, target: bigint): void {
    const difference = target - lot.reversed;
    lot.reversed = target;
    if (difference > 0n) this.draw(difference, lot);
    if (difference < 0n) {
      const settles = -difference < this.overdraft ? -difference : this.overdraft;
      this.overdraft -= settles;
      lot.remaining += -difference - settles;
    }
  }
}
