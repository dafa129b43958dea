import { londonDay, londonMoment, plusDays } from "@/lib/shared/london-time";

/** What a subscription must bring, said as simply as possible: days are walked one by one, and nothing is clever. */
export type ModelGrant = { readonly amount: bigint; readonly anchor: string; readonly period: string };

export class SubscriptionModel {
  state: "active" | "past_due" | "canceled" = "active";
  anchorAt: Date;
  endsAt: Date | null = null;
  readonly grants: ModelGrant[] = [];
  /** The period that was granted last, with the most bays it counted. */
  private last: { readonly starts: string; readonly highest: number } | undefined;
  /** The same of other subscriptions, by when they began: one that counts again goes on. */
  private readonly others = new Map<string, SubscriptionModel["last"]>();
  /** A period that the scheduler left out, because the subscription was to end by its first day. */
  private leftOut: string | undefined;

  constructor(
    begins: Date,
    public bays: number,
    private readonly perBay: bigint,
  ) {
    this.anchorAt = begins;
  }

  /** The London day on which the period that holds `now` began. */
  periodStart(now: Date): string {
    let day = londonDay(now);
    while (!this.startsOn(day)) day = plusDays(day, -1);
    return day;
  }

  startsOn(day: string): boolean {
    const [anchor, today] = [londonDay(this.anchorAt), day].map((date) => Number(date.slice(-2)));
    const isLastOfMonth = plusDays(day, 1).slice(0, 7) !== day.slice(0, 7);
    return (
      today === anchor || (isLastOfMonth && today !== undefined && anchor !== undefined && today < anchor)
    );
  }

  /** The London day on which the period ends that starts on `start`. */
  periodEnd(start: string): string {
    let day = plusDays(start, 1);
    while (!this.startsOn(day)) day = plusDays(day, 1);
    return day;
  }

  /** Something changes; a boundary that has passed is the scheduler's, under the terms of that time. */
  change(now: Date, apply: () => void): void {
    const starts = this.periodStart(now);
    if (this.state === "active") {
      if (now > londonMoment(starts)) this.ask(now, "scheduler");
      if (this.lacks(starts) && this.endsBy(starts)) this.leftOut = starts;
    }
    apply();
    if (this.state !== "active") this.leftOut = undefined;
    this.ask(now, "change");
  }

  private readonly lacks = (starts: string): boolean => this.last === undefined || this.last.starts < starts;

  readonly endsBy = (day: string): boolean => this.endsAt !== null && londonDay(this.endsAt) <= day;

  /** Somebody asks for the running period's allowance: the scheduler, the payment of its invoice, or a change. */
  ask(now: Date, by: "scheduler" | "payment" | "change"): void {
    if (this.state !== "active") return;
    const starts = this.periodStart(now);
    if (by === "scheduler" && this.endsBy(starts)) return;
    if (this.last === undefined || this.last.starts < starts) {
      if (by !== "payment" && (this.leftOut === starts || this.endsBy(starts))) return;
      this.grants.push({ amount: this.perBay * BigInt(this.bays), ...this.named(starts) });
      this.last = { starts, highest: this.bays };
      return;
    }
    if (this.last.starts > starts || this.bays <= this.last.highest) return;
    const [from, to] = [londonMoment(starts), londonMoment(this.periodEnd(starts))].map(Number);
    const [whole, left] = [BigInt(Number(to) - Number(from)), BigInt(Number(to) - now.getTime())];
    const more = this.perBay * BigInt(this.bays - this.last.highest);
    const amount = (more * left) / whole;
    if (amount > 0n) this.grants.push({ amount, ...this.named(starts) });
    this.last = { starts, highest: this.bays };
  }

  begin(at: Date): void {
    this.others.set(this.anchorAt.toISOString(), this.last);
    this.anchorAt = at;
    this.endsAt = null;
    this.last = this.others.get(at.toISOString());
    this.leftOut = undefined;
  }

  /** Whether the running period was granted. */
  hasGranted(now: Date): boolean {
    return !this.lacks(this.periodStart(now));
  }

  private named(period: string): Pick<ModelGrant, "anchor" | "period"> {
    return { anchor: this.anchorAt.toISOString(), period };
  }
}
