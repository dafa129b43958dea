import type { LotKind } from "@/lib/credits/store/postings";

/** What the ledger must do, said as simply as possible: one account, arrays, no SQL. */
export type ModelLot = {
  readonly source: string;
  readonly kind: LotKind;
  readonly granted: bigint;
  remaining: bigint;
  reversed: bigint;
  expired: bigint;
  readonly expiresAt: Date | null;
};

/** Credits that somebody took, and who is without them: a lot, nobody yet, or nobody any more. */
type Part = {
  readonly group: string;
  bearer: ModelLot | "overdraft" | "written off";
  amount: bigint;
  readonly wasOverdraft: boolean;
};

/** Whose expiry is left to a renewal. */
type Spare = (lot: ModelLot) => boolean;

const PRIORITY: Record<LotKind, number> = { monthly: 0, gifted: 1, purchased: 2 };
const least = (a: bigint, b: bigint) => (a < b ? a : b);
const total = (parts: readonly Part[]) => parts.reduce((sum, { amount }) => sum + amount, 0n);

export class LedgerModel {
  readonly lots: ModelLot[] = [];
  readonly settled = new Map<string, bigint>();
  /** How often something took effect that a history must not lack. */
  readonly effects = new Map<string, number>();
  readonly #reversed = new Set<string>();
  #parts: Part[] = [];

  get overdraft(): bigint {
    return total(this.#parts.filter(({ bearer }) => bearer === "overdraft"));
  }

  get balance(): bigint {
    return this.lots.reduce((sum, lot) => sum + lot.remaining, 0n) - this.overdraft;
  }

  grant(given: Pick<ModelLot, "source" | "kind" | "granted" | "expiresAt">): void {
    const lot: ModelLot = { ...given, remaining: 0n, reversed: 0n, expired: 0n };
    const settles = least(lot.granted, this.overdraft);
    this.#settle(settles, lot);
    lot.remaining = lot.granted - settles;
    this.lots.push(lot);
  }

  settle(ref: string, cost: bigint, credits: bigint): "settled" | "duplicate" | "conflict" {
    const before = this.settled.get(ref);
    if (before !== undefined) return before === cost ? "duplicate" : "conflict";
    this.settled.set(ref, cost);
    this.#draw(`usage of ${ref}`, credits);
    return "settled";
  }

  /** Gives back what an interaction drew, once; undefined where it drew nothing, or was reversed before. */
  reverseUsage(ref: string, now: Date, spare: Spare): bigint | undefined {
    const group = `usage of ${ref}`;
    const amount = total(this.#parts.filter((part) => part.group === group));
    if (amount === 0n || this.#reversed.has(ref)) return undefined;
    const given = this.#giveBack(group, amount, now, spare);
    if (given > 0n) this.#reversed.add(ref);
    return given;
  }

  /** Brings what was taken back from a lot to `target`; returns how much that took (below 0: gave back). */
  reverse(lot: ModelLot, target: bigint, now: Date, spare: Spare): bigint {
    const group = `reversals of ${lot.source}`;
    const difference = target - lot.reversed;
    lot.reversed = target;
    if (difference > 0n) this.#draw(group, difference, lot);
    return difference < 0n ? -this.#giveBack(group, -difference, now, spare) : difference;
  }

  /** Above 0 writes overdraft off, below 0 takes open credits. */
  adjust(amount: bigint): void {
    if (amount > 0n) this.#settle(amount, "written off");
    else this.#draw("adjustments", -amount);
  }

  expire(now: Date, spare: Spare): number {
    const due = this.lots.filter(
      (lot) => lot.remaining > 0n && lot.expiresAt && lot.expiresAt <= now && !spare(lot),
    );
    for (const lot of due) {
      lot.expired += lot.remaining;
      lot.remaining = 0n;
    }
    return due.length;
  }

  /** Kind, earliest expiry, oldest; `first` before all others. */
  #drawOrder(first?: ModelLot): ModelLot[] {
    const time = (lot: ModelLot) => lot.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
    return [...this.lots].sort(
      (a, b) =>
        Number(b === first) - Number(a === first) ||
        PRIORITY[a.kind] - PRIORITY[b.kind] ||
        (time(a) === time(b) ? 0 : time(a) - time(b)) ||
        this.lots.indexOf(a) - this.lots.indexOf(b),
    );
  }

  #draw(group: string, amount: bigint, first?: ModelLot): void {
    let left = amount;
    for (const lot of this.#drawOrder(first)) {
      const taken = least(lot.remaining, left);
      lot.remaining -= taken;
      left -= taken;
      if (taken > 0n) this.#parts.push({ group, bearer: lot, amount: taken, wasOverdraft: false });
    }
    if (left > 0n) this.#parts.push({ group, bearer: "overdraft", amount: left, wasOverdraft: true });
  }

  /** Pays open overdraft, the oldest first: whoever pays is without the credits from then on. */
  #settle(amount: bigint, bearer: Part["bearer"]): void {
    let left = amount;
    this.#parts = this.#parts.flatMap((part) => {
      const paid = part.bearer === "overdraft" ? least(part.amount, left) : 0n;
      left -= paid;
      const pieces = [
        { ...part, bearer, amount: paid },
        { ...part, amount: part.amount - paid },
      ];
      return pieces.filter((piece) => piece.amount > 0n);
    });
  }

  #count(effect: string): void {
    this.effects.set(effect, (this.effects.get(effect) ?? 0) + 1);
  }

  #giveBack(group: string, amount: bigint, now: Date, spare: Spare): bigint {
    const shares = new Map<Part["bearer"], bigint>();
    let left = amount;
    for (const part of this.#parts.filter((one) => one.group === group).reverse()) {
      const share = least(part.amount, left);
      part.amount -= share;
      left -= share;
      if (share > 0n && part.wasOverdraft && part.bearer !== "overdraft")
        this.#count("returned to whoever paid");
      shares.set(part.bearer, (shares.get(part.bearer) ?? 0n) + share);
    }
    this.#parts = this.#parts.filter((part) => part.amount > 0n);
    if (shares.size > 1) this.#count("returned to several");
    for (const lot of this.#drawOrder()) {
      const share = shares.get(lot) ?? 0n;
      const settles = least(share, this.overdraft);
      if (settles > 0n) this.#count("settled what others owed");
      this.#settle(settles, lot);
      lot.remaining += share - settles;
    }
    const given = amount - (shares.get("written off") ?? 0n);
    if (given > 0n && this.expire(now, spare) > 0) this.#count("expired again");
    return given;
  }
}
