import { z } from "zod";
import { londonDay, londonMoment } from "@/lib/shared/london-time";
import type { StoredEvent } from "../sandbox/stripe/objects";
import { type ModelGrant, SubscriptionModel } from "./subscription-model";

const MS = 1_000;

type Known = {
  readonly id: string;
  readonly beganAt: Date;
  status: string;
  endsAt: Date | null;
  endedAt: Date | null;
  /** How many bays since when, from the first. */
  readonly bays: { readonly at: Date; readonly count: number }[];
};

/** What is read of Stripe's objects, in seconds where it is a moment. */
const paidInvoice = z.object({
  parent: z.object({ subscription_details: z.object({ subscription: z.string() }).nullable() }).nullable(),
  lines: z.object({
    data: z.array(
      z.object({
        period: z.object({ start: z.number(), end: z.number() }),
        parent: z
          .object({ subscription_item_details: z.object({ proration: z.boolean() }).nullable() })
          .nullable(),
      }),
    ),
  }),
});
const subscription = z.object({
  id: z.string(),
  start_date: z.number(),
  status: z.string(),
  cancel_at: z.number().nullable(),
  ended_at: z.number().nullable(),
  items: z.object({ data: z.array(z.object({ quantity: z.number() })) }),
});

const RANK: Readonly<Record<string, number>> = { active: 0, past_due: 1 };
const dateOf = (seconds: number | null): Date | null => (seconds === null ? null : new Date(seconds * MS));

/**
 * What a garage must be granted, by Stripe's own log of what happened to it: each change counts at its moment, and the
 * scheduler comes on time. Whatever was lost, doubled, late or out of order on the way to us has no part in it.
 */
export class SubscriptionLog {
  private model: SubscriptionModel | undefined;
  private readonly known = new Map<string, Known>();
  private readonly paid: { readonly from: string; readonly to: string; readonly subscription: string }[] = [];
  private counted: Known | undefined;

  /** @param playedTo since when it is watched. */
  constructor(
    private readonly perBay: bigint,
    private playedTo: Date,
  ) {}

  get grants(): readonly ModelGrant[] {
    return this.model?.grants ?? [];
  }

  get state(): string {
    return this.model?.state ?? "trial";
  }

  /** When the next period begins; undefined where there was no subscription yet. */
  nextBoundary(): Date | undefined {
    const { model } = this;
    return model && londonMoment(model.periodEnd(model.periodStart(this.playedTo)));
  }

  /** Whether a period begins on a London day. */
  startsPeriodOn(day: string): boolean {
    return this.model?.startsOn(day) ?? false;
  }

  /** Plays what Stripe's events say, in order, and then time until now. */
  play(events: readonly StoredEvent[], now: Date): void {
    for (const [at, group] of bySecond(events)) {
      this.wait(at);
      for (const event of group) this.learn(event);
      this.follow(at);
    }
    this.wait(now);
  }

  /** The scheduler comes at each boundary. */
  private wait(until: Date): void {
    const { model } = this;
    while (model) {
      const next = londonMoment(model.periodEnd(model.periodStart(this.playedTo)));
      if (next > until) break;
      this.playedTo = next;
      model.ask(next, "scheduler");
    }
    this.playedTo = until;
  }

  private learn({ type, created, data: { object } }: StoredEvent): void {
    if (type === "invoice.paid") this.learnInvoice(paidInvoice.parse(object));
    if (type.startsWith("customer.subscription."))
      this.learnSubscription(subscription.parse(object), new Date(created * MS));
  }

  private learnInvoice({ lines, parent }: z.infer<typeof paidInvoice>): void {
    const plain = lines.data.filter((line) => line.parent?.subscription_item_details?.proration === false);
    const [from, to] = [
      Math.min(...plain.map(({ period }) => period.start)),
      Math.max(...plain.map(({ period }) => period.end)),
    ];
    const subscription = parent?.subscription_details?.subscription ?? "";
    if (plain.length > 0)
      this.paid.push({
        from: londonDay(new Date(from * MS)),
        to: londonDay(new Date(to * MS)),
        subscription,
      });
  }

  private learnSubscription(object: z.infer<typeof subscription>, at: Date): void {
    const count = object.items.data[0]?.quantity ?? 0;
    const known = this.known.get(object.id) ?? {
      id: object.id,
      beganAt: new Date(object.start_date * MS),
      bays: [],
      status: "",
      endsAt: null,
      endedAt: null,
    };
    known.status = object.status;
    known.endsAt = dateOf(object.cancel_at);
    known.endedAt = dateOf(object.ended_at);
    if (known.bays.at(-1)?.count !== count) known.bays.push({ at, count });
    this.known.set(object.id, known);
  }

  /** The best that lives: active before past due, the oldest of equals. */
  private best(): Known | undefined {
    return [...this.known.values()]
      .filter(({ status }) => status in RANK)
      .sort(
        (a, b) => (RANK[a.status] ?? 0) - (RANK[b.status] ?? 0) || a.beganAt.getTime() - b.beganAt.getTime(),
      )[0];
  }

  private follow(at: Date): void {
    const best = this.best();
    if (!best) {
      if (this.counted && this.model) this.end(this.model, this.counted, at);
      this.counted = undefined;
      return;
    }
    this.model ??= this.fresh(best);
    const { model } = this;
    const begins = this.counted?.id !== best.id;
    // One that is overdue before it counts was active before: its first period is paid for.
    if (begins && best.status === "past_due") this.turn(model, best, at, "active");
    else this.turn(model, best, at, best.status === "active" ? "active" : "past_due");
    this.ask(model, best, at, begins && best.status === "past_due" ? "payment alone" : "any");
    if (best.status === "past_due") model.state = "past_due";
    this.counted = best;
  }

  private turn(model: SubscriptionModel, best: Known, at: Date, state: "active" | "past_due"): void {
    const apply = () => {
      if (model.anchorAt.getTime() !== best.beganAt.getTime()) model.begin(best.beganAt);
      model.state = state;
      model.endsAt = best.endsAt;
      model.bays = this.baysAt(best, this.beginning(model, best, at));
    };
    const goesOn = model.state === "active" && model.anchorAt.getTime() === best.beganAt.getTime();
    if (goesOn) model.change(at, apply);
    else apply();
  }

  private fresh(best: Known): SubscriptionModel {
    const model = new SubscriptionModel(best.beganAt, best.bays[0]?.count ?? 0, this.perBay);
    model.state = "canceled";
    return model;
  }

  private end(model: SubscriptionModel, { endedAt }: Known, at: Date): void {
    model.change(at, () => {
      model.state = "canceled";
      model.endsAt = endedAt;
    });
  }

  /** Since when the running period's bays count. */
  private beginning(model: SubscriptionModel, { beganAt }: Known, at: Date): Date {
    const starts = londonMoment(model.periodStart(at));
    return starts > beganAt ? starts : beganAt;
  }

  private readonly baysAt = ({ bays }: Known, at: Date): number =>
    bays.filter((one) => one.at <= at).at(-1)?.count ?? bays[0]?.count ?? 0;

  /** What the running period lacks: what it began with, and each rise since. */
  private ask(model: SubscriptionModel, best: Known, at: Date, who: "payment alone" | "any"): void {
    const begins = this.beginning(model, best, at);
    const key = model.periodStart(at);
    const covers = ({ from, to, subscription }: (typeof this.paid)[number]) =>
      subscription === best.id && from <= key && key < to;
    const isFirst = best.beganAt >= londonMoment(key);
    const isPaid = this.paid.some(covers) && (isFirst || !model.endsBy(key));
    if (isPaid || who === "any") model.ask(at, isPaid ? "payment" : "change");
    if (who === "payment alone") return;
    for (const rise of best.bays.filter((one) => one.at > begins)) {
      model.bays = rise.count;
      if (model.hasGranted(at)) model.ask(rise.at, "change");
    }
    model.bays = best.bays.at(-1)?.count ?? 0;
  }
}

/** What happened within one second is seen as a whole. */
function bySecond(events: readonly StoredEvent[]): [Date, StoredEvent[]][] {
  const groups = new Map<number, StoredEvent[]>();
  for (const event of events) groups.set(event.created, [...(groups.get(event.created) ?? []), event]);
  return [...groups].map(([seconds, group]) => [new Date(seconds * MS), group]);
}
