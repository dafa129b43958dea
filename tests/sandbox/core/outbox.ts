import type { Behaviours } from "./behaviours";
import type { Delivery, Outcome } from "./delivery";
import type { EffectKind } from "./effects";
import { arrange, byOrder, type Entry, type Flushed, type FlushOptions, isMeant, swap } from "./entries";
import type { Events } from "./events";
import { post } from "./post";
import type { RequestLog } from "./request-log";
import type { Settings } from "./settings";

interface Needs {
  behaviours: Behaviours;
  log: RequestLog;
  events: Events;
  settings: () => Settings;
}

const MAX_ROUNDS = 50;

/** What the providers still have to deliver, with the delays, losses and repetitions they were told to have. */
export class Outbox {
  private waiting: Entry[] = [];
  private timer: NodeJS.Timeout | undefined;
  private lastId = 0;
  private silent = false;
  private readonly busyLanes = new Set<string>();
  private readonly inFlight = new Set<Promise<unknown>>();
  private readonly stopping = new AbortController();

  constructor(private readonly needs: Needs) {}

  list(): Entry[] {
    return [...this.waiting].sort(byOrder);
  }

  /** Queues a delivery, in `delayMs` from now. */
  enqueue(delivery: Delivery, delayMs = 0): void {
    if (this.silent) return;
    const { behaviours } = this.needs;
    const occasion = {
      provider: delivery.provider,
      on: "delivery",
      labels: { ...delivery.labels, type: delivery.type },
    };
    const takes = <K extends EffectKind>(kind: K) => behaviours.take(occasion, [kind]);
    const copies = 1 + (takes("duplicate")?.copies ?? 0);
    const entry = {
      delivery,
      dueAt: Date.now() + delayMs + (takes("delay")?.ms ?? 0),
      attempt: 1,
      held: takes("hold") !== undefined,
      forged: takes("forge") !== undefined,
      letsNextGo: takes("reorder") !== undefined,
    };
    if (takes("drop")) return;
    for (let copy = 0; copy < copies; copy++)
      this.push({ ...entry, letsNextGo: entry.letsNextGo && copy === 0 });
    this.schedule();
  }

  /** Does something of which nobody is told, such as what was told long ago. */
  quietly<T>(work: () => T): T {
    this.silent = true;
    try {
      return work();
    } finally {
      this.silent = false;
    }
  }

  private push(given: Omit<Entry, "id" | "order">): void {
    this.lastId += 1;
    const entry: Entry = { ...given, id: this.lastId, order: this.lastId };
    const patient = this.waiting.find((one) => one.letsNextGo && one.delivery.lane === entry.delivery.lane);
    this.waiting.push(entry);
    if (patient) swap(patient, entry);
    this.changed();
  }

  /** Starts what is due, and comes back for the next. To be called after the settings changed. */
  schedule(): void {
    clearTimeout(this.timer);
    if (this.needs.settings().delivery === "manual" || this.stopping.signal.aborted) return;
    for (const entry of this.list()) {
      if (this.mayGo(entry) && entry.dueAt <= Date.now()) void this.track(this.run(this.remove(entry)));
    }
    const next = this.waiting.filter((one) => this.mayGo(one)).map((one) => one.dueAt);
    if (next.length > 0)
      this.timer = setTimeout(() => this.schedule(), Math.max(0, Math.min(...next) - Date.now()));
  }

  private mayGo({ held, letsNextGo, delivery }: Entry): boolean {
    return !held && !letsNextGo && !this.busyLanes.has(delivery.lane);
  }

  private remove(entry: Entry): Entry {
    this.waiting = this.waiting.filter((one) => one !== entry);
    return entry;
  }

  private track<T>(work: Promise<T>): Promise<T> {
    this.inFlight.add(work);
    return work.finally(() => this.inFlight.delete(work));
  }

  private async run(entry: Entry): Promise<Flushed> {
    const { delivery, attempt, forged } = entry;
    const { signal } = this.stopping;
    this.busyLanes.add(delivery.lane);
    const timeoutMs = this.needs.settings().deliveryTimeoutMs;
    const outcome = await post(this.needs.log, { delivery, forged, attempt, timeoutMs, stopped: signal });
    this.busyLanes.delete(delivery.lane);
    const pauseMs = delivery.policy.pausesMs[attempt - 1];
    const again = pauseMs !== undefined && delivery.policy.again(outcome) && !signal.aborted;
    if (again) this.waiting.push({ ...entry, attempt: attempt + 1, dueAt: Date.now() + pauseMs });
    else if (!signal.aborted) delivery.settled?.(outcome);
    this.changed();
    this.schedule();
    const status = outcome.kind === "answered" ? outcome.status : null;
    return { provider: delivery.provider, type: delivery.type, outcome: outcome.kind, status };
  }

  /** One attempt now, outside the queue, for an answer which the provider itself waits for. */
  deliverNow(delivery: Delivery, timeoutMs: number): Promise<Outcome> {
    const stopped = this.stopping.signal;
    return this.track(post(this.needs.log, { delivery, forged: false, attempt: 1, timeoutMs, stopped }));
  }

  /**
   * Delivers everything that waits, whatever its time, and what follows from it; resolves when all was answered.
   * A retry of something that failed meanwhile waits for the next flush.
   */
  async flush(options: FlushOptions = {}): Promise<Flushed[]> {
    const seen = new Set<number>();
    const flushed: Flushed[] = [];
    for (let round = 0; round < MAX_ROUNDS; round++) {
      await Promise.all(this.inFlight);
      const chosen = this.list().filter((one) => !seen.has(one.id) && isMeant(one, options));
      if (chosen.length === 0) break;
      for (const entry of chosen) seen.add(this.remove(entry).id);
      flushed.push(...(await this.runAll(arrange(chosen, options), options)));
    }
    return flushed;
  }

  private async runAll(entries: readonly Entry[], { concurrent }: FlushOptions): Promise<Flushed[]> {
    if (concurrent) return Promise.all(entries.map((entry) => this.track(this.run(entry))));
    const done: Flushed[] = [];
    for (const entry of entries) done.push(await this.track(this.run(entry)));
    return done;
  }

  /** Whether nothing is under way, nor about to be. */
  isQuiet(): boolean {
    const soon = Date.now() + 100;
    const goes = this.needs.settings().delivery === "auto";
    return this.inFlight.size === 0 && !(goes && this.waiting.some((one) => !one.held && one.dueAt <= soon));
  }

  /** Forgets what waits; returns how much it was. */
  clear(): number {
    const count = this.waiting.length;
    this.waiting = [];
    this.changed();
    return count;
  }

  /** Gives up what is under way, too; for good. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.waiting = [];
    this.stopping.abort();
    await Promise.allSettled(this.inFlight);
  }

  private changed(): void {
    this.needs.events.publish({ type: "state", data: null });
  }
}
