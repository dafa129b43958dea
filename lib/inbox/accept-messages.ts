import { type Ctx, requireSystem } from "@/lib/auth/context";
import { checkCreditsOf } from "@/lib/credits/check-credits";
import type { GateDecision } from "@/lib/credits/core/decide-gate";
import { groupCommit } from "@/lib/db/group-commit";
import type { Queryable } from "@/lib/db/pool";
import { isTransient } from "@/lib/db/sql-errors";
import { inTransaction } from "@/lib/db/transaction";
import type { GarageProfile } from "@/lib/garage/garage-profile";
import { publishLive } from "@/lib/notify/live";
import { processWide } from "@/lib/shared/process-wide";
import { countDegraded } from "./carry-out";
import type { Handling } from "./core/decide-handling";
import type { InboundMessage, MessageChannel } from "./core/message";
import { type DecidedArrival, decideArrival, type Run, type Taken } from "./decide-arrival";
import { type Known, lockNamesakes, readKnown } from "./store/arrivals";
import { storeArrivals } from "./store/arrive";
import { namesOf } from "./store/contacts";

/** Senders in one statement. More would keep those waiting who come meanwhile. */
const MAX_SENDERS = 64;
/** Somebody else made the same contact at the same moment: then it can be found. */
const MAX_ATTEMPTS = 3;

export type AcceptOutcome =
  | { readonly kind: "duplicate" }
  | {
      readonly kind: "accepted";
      readonly handling: Handling["kind"];
      readonly conversationId: string;
      readonly messageId: string;
    };

export type Accepted = {
  /** One for each message, in their order. */
  readonly outcomes: readonly AcceptOutcome[];
  /** Resolves when degraded messages are counted, which nobody need wait for; never rejects. */
  readonly counted: Promise<void>;
};

type Stored = { readonly conversationId: string | undefined; readonly taken: readonly Taken[] };

/** What becomes of a sender's messages among others': where somebody else writes to the same conversation, nothing. */
type Flushed = Stored | "contended";

/**
 * Takes in messages of one sender, in their order: each stored once, gated before any AI, then queued for an answer or
 * degraded with canned words, all in one transaction; staff see them at once. How a message starts is fixed here and
 * never changes. For the system only.
 */
export async function acceptMessages(
  ctx: Ctx,
  garage: GarageProfile,
  messages: readonly [InboundMessage, ...InboundMessage[]],
): Promise<Accepted> {
  requireSystem(ctx.actor);
  const { orgId } = garage;
  const [{ channel }] = messages;
  const run: Run = { ctx, garage, messages };
  const flushed = await laneOf(orgId, channel)(run);
  const { conversationId, taken } = flushed === "contended" ? await storeAlone(run) : flushed;
  if (conversationId !== undefined && taken.length > 0) {
    const asks = taken.some(({ handling }) => handling.kind !== "show");
    const type = asks ? "notification/new-message" : "conversation/changed";
    publishLive({ type, orgId, conversationId });
  }
  const counted = countDegraded(ctx, orgId, taken);
  const storedAs = new Map(taken.map((one) => [one.message, one]));
  const outcomes = messages.map((message): AcceptOutcome => {
    const stored = storedAs.get(message);
    if (!stored || conversationId === undefined) return { kind: "duplicate" };
    return { kind: "accepted", handling: stored.handling.kind, conversationId, messageId: stored.id };
  });
  return { outcomes, counted };
}

/** What arrives while a garage's messages are being stored is stored together after them: one statement reads, one writes. */
const lanes = processWide("arrival-lanes", () => new Map<string, (run: Run) => Promise<Flushed>>());

function laneOf(orgId: string, channel: MessageChannel): (run: Run) => Promise<Flushed> {
  const name = `${orgId}:${channel}`;
  const lane =
    lanes().get(name) ??
    groupCommit<Run, Flushed>({
      maxBatch: MAX_SENDERS,
      keysOf: ({ messages: [{ sender }] }) => [...namesOf(sender), sender.phone ?? sender.externalId],
      isRefusedInput: (error) => !isTransient(error),
      flush: (runs) => storeTogether(orgId, channel, runs),
    });
  lanes().set(name, lane);
  return lane;
}

/** Read without a lock, decided, and stored where all is still as it was read. */
async function storeTogether(
  orgId: string,
  channel: MessageChannel,
  runs: readonly Run[],
): Promise<Flushed[]> {
  const [gate, known] = await Promise.all([gateOf(runs), readRuns(runs)]);
  const decided = runs.map((run, nth) => decideRun(run, known[nth], gate));
  const arrivals = decided.flatMap((one) => (one ? [one.arrival] : []));
  const stored = (await storeArrivals({ orgId, channel }, arrivals)).values();
  return decided.map((one): Flushed => {
    if (!one) return NOTHING_NEW;
    const ids = stored.next().value;
    return ids ? keptOf(one, ids) : "contended";
  });
}

/** The same under locks, which waits for whoever writes to the conversation. */
async function storeAlone(run: Run): Promise<Stored> {
  const { garage, messages } = run;
  const { orgId } = garage;
  const [{ channel, sender }] = messages;
  const gate = await gateOf([run]);
  return inTransaction(async (tx) => {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      await lockNamesakes(tx, orgId, channel, sender);
      const [known] = await readRuns([run], tx);
      const decided = decideRun(run, known, gate);
      if (!decided) return NOTHING_NEW;
      const [ids] = await storeArrivals({ orgId, channel }, [decided.arrival], tx);
      if (ids) return keptOf(decided, ids);
    }
    throw new Error("a contact could be neither made nor found");
  });
}

const NOTHING_NEW: Stored = { conversationId: undefined, taken: [] };

function keptOf({ arrival, taken }: DecidedArrival, ids: ReadonlySet<string>): Stored {
  return { conversationId: arrival.conversation.id, taken: taken.filter(({ id }) => ids.has(id)) };
}

/** All messages of these runs, which are of one garage, have the gate's answer of this moment. */
async function gateOf(runs: readonly Run[]): Promise<GateDecision> {
  const keys = runs.flatMap(({ garage: { orgId }, messages }) =>
    messages.map(({ channel, providerId: providerRef }) => ({ orgId, channel, providerRef })),
  );
  return checkCreditsOf(firstOf(runs).ctx, keys);
}

function readRuns(runs: readonly Run[], db?: Queryable): Promise<Known[]> {
  const { ctx, garage, messages } = firstOf(runs);
  const [{ channel }] = messages;
  const asked = runs.map(({ messages: [first, ...rest] }) => ({
    sender: first.sender,
    providerIds: [first, ...rest].map(({ providerId }) => providerId),
  }));
  return readKnown({ orgId: garage.orgId, channel, now: ctx.now() }, asked, db);
}

function decideRun(run: Run, known: Known | undefined, gate: GateDecision): DecidedArrival | undefined {
  if (!known) throw new Error("a sender was not read");
  return decideArrival(run, known, gate);
}

function firstOf(runs: readonly Run[]): Run {
  const [first] = runs;
  if (!first) throw new Error("no messages to take in");
  return first;
}
