import { createHash } from "node:crypto";
import { type Ctx, requireSystem } from "@/lib/auth/context";
import { keepProviderEvent } from "@/lib/db/provider-events";
import { isTransient } from "@/lib/db/sql-errors";
import { findGarage } from "@/lib/garage/find-garage";
import type { GarageProfile } from "@/lib/garage/garage-profile";
import { getGarage } from "@/lib/garage/get-garage";
import { AppError } from "@/lib/shared/errors";
import { metrics } from "@/lib/shared/metrics";
import { acceptMessages } from "./accept-messages";
import {
  type Delivery,
  groupByConversation,
  type InboxItem,
  type OurAddress,
  type Stray,
} from "./core/delivery";
import { noteAccounts } from "./note-accounts";
import { recordCall } from "./record-call";
import { recordPhoneMessage } from "./record-phone-message";
import { recordStatus } from "./record-status";
import { findOwner } from "./store/outbound";

/** Groups with anything but messages: each item is a transaction. */
const AT_ONCE = 4;
/** Messages of so many senders are stored together. */
const SENDERS_AT_ONCE = 64;
/** After so many failures in a row for want of the database the rest of the batch is left for the next delivery. */
const GIVE_UP_AFTER = 12;
/** How many kinds of unhandled items are kept under names of their own; beyond that they share a row. */
const MAX_KINDS = 20;

type Batch = {
  readonly ctx: Ctx;
  readonly delivery: Delivery;
  readonly garageOf: (address: OurAddress) => Promise<GarageProfile | undefined>;
  readonly tally: Map<string, number>;
  /** Degraded messages that are being counted: many are settled together. */
  readonly counting: Promise<void>[];
  /** What went wrong on our side: the provider must deliver again. */
  readonly failures: unknown[];
  failedInARow: number;
};

/** How many items came to what: accepted, duplicate, unknown-number, kept, failed, status-applied … */
export type DeliveryTally = ReadonlyMap<string, number>;

/**
 * Acts on a verified delivery: each item by itself, those of one conversation in their order. One that fails for our
 * reason holds no other up; then it throws unavailable, so that the provider delivers all of it again, which stores
 * nothing twice. For the system only.
 */
export async function receiveDelivery(ctx: Ctx, delivery: Delivery): Promise<DeliveryTally> {
  requireSystem(ctx.actor);
  const batch: Batch = {
    ctx,
    delivery,
    garageOf: directoryOf(ctx, delivery),
    tally: new Map(),
    counting: [],
    failures: [],
    failedInARow: 0,
  };
  if (delivery.fallbackFrom !== undefined) {
    count(batch, "fallback");
    ctx.log.warn({ code: delivery.fallbackFrom }, "it came by the fallback address: the first one failed");
  }
  const receive = async (group: readonly InboxItem[]): Promise<void> => {
    for (const run of runsOf(group)) await receiveRun(batch, run);
  };
  const groups = groupByConversation(delivery.items);
  const isOfMessages = (group: readonly InboxItem[]) => group.every(({ kind }) => kind === "message");
  await Promise.all([
    eachGroup(groups.filter(isOfMessages), SENDERS_AT_ONCE, receive),
    eachGroup(
      groups.filter((group) => !isOfMessages(group)),
      AT_ONCE,
      receive,
    ),
  ]);
  for (const group of groupStrays(delivery.strays)) await attempt(batch, 1, () => keepStrays(batch, group));
  await Promise.all(batch.counting);
  if (batch.failures.length === 0) await noteAccounts(ctx, delivery.accounts ?? []);
  const [cause] = batch.failures;
  if (batch.failures.length > 0) {
    ctx.log.warn({ failed: batch.failures.length }, "parts of a delivery failed");
    throw new AppError("unavailable", "Not everything could be stored: please deliver again.", { cause });
  }
  return batch.tally;
}

function count({ delivery, tally }: Batch, outcome: string, items = 1): void {
  metrics().messageItems.inc({ channel: delivery.channel, outcome }, items);
  tally.set(outcome, (tally.get(outcome) ?? 0) + items);
}

/**
 * The garage of our number, else of its Messaging Service: looked up once per delivery, and again where that failed.
 */
function directoryOf(ctx: Ctx, { channel }: Delivery): Batch["garageOf"] {
  const asked = new Map<string, Promise<GarageProfile | undefined>>();
  const find = async (identity: string | undefined): Promise<GarageProfile | undefined> => {
    if (identity === undefined) return undefined;
    const answer = asked.get(identity) ?? findGarage(ctx, channel, identity);
    asked.set(identity, answer);
    try {
      return await answer;
    } catch (error) {
      asked.delete(identity);
      throw error;
    }
  };
  return async ({ identity, serviceId }) => (await find(identity)) ?? (await find(serviceId));
}

/** Runs `work` over all groups, a few at once; it must not throw. */
async function eachGroup<Group>(
  groups: readonly Group[],
  atOnce: number,
  work: (group: Group) => Promise<void>,
): Promise<void> {
  const waiting = groups.values();
  const runner = async (): Promise<void> => {
    for (const group of waiting) await work(group);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, groups.length) }, runner));
}

type Run = readonly [InboxItem, ...InboxItem[]];

/**
 * Messages that follow each other from one sender to one number are stored together, in a number of statements that does
 * not grow with theirs; everything else by itself.
 */
function runsOf(group: readonly InboxItem[]): Run[] {
  const runs: [InboxItem, ...InboxItem[]][] = [];
  for (const item of group) {
    const run = runs.at(-1);
    if (run && isSameSender(run[0], item)) run.push(item);
    else runs.push([item]);
  }
  return runs;
}

function isSameSender(a: InboxItem, b: InboxItem): boolean {
  if (a.kind !== "message" || b.kind !== "message") return false;
  const [one, other] = [a.message, b.message];
  return one.identity === other.identity && JSON.stringify(one.sender) === JSON.stringify(other.sender);
}

/** A run that fails by the fault of one item is halved until that one stands alone, so that the others are stored. */
async function receiveRun(batch: Batch, run: Run): Promise<void> {
  const isFaultOfOne = await attempt(batch, run.length, () => receiveItems(batch, run), run.length > 1);
  if (!isFaultOfOne) return;
  const half = Math.ceil(run.length / 2);
  for (const [first, ...rest] of [run.slice(0, half), run.slice(half)])
    if (first) await receiveRun(batch, [first, ...rest]);
}

/** Does some of the work and counts its failure; with `mayDivide`, what no outage explains is left to the caller (true). */
async function attempt(
  batch: Batch,
  items: number,
  work: () => Promise<void>,
  mayDivide = false,
): Promise<boolean> {
  const isGivenUp = batch.failedInARow >= GIVE_UP_AFTER;
  try {
    if (isGivenUp) throw new Error("not attempted");
    await work();
    batch.failedInARow = 0;
  } catch (error) {
    if (mayDivide && !isGivenUp && !isTransient(error)) return true;
    count(batch, "failed", items);
    batch.failures.push(error);
    if (isTransient(error)) batch.failedInARow += 1;
  }
  return false;
}

async function receiveItems(batch: Batch, run: Run): Promise<void> {
  const { ctx } = batch;
  const [item] = run;
  const garage = (await batch.garageOf(item.address)) ?? (await ownerOf(ctx, item));
  if (!garage) {
    for (const unknown of run) await keepUnknown(batch, unknown);
    return;
  }
  const { orgId } = garage;
  switch (item.kind) {
    case "message": {
      const [, ...rest] = run.flatMap((one) => (one.kind === "message" ? [one.message] : []));
      const { outcomes, counted } = await acceptMessages(ctx, garage, [item.message, ...rest]);
      batch.counting.push(counted);
      for (const { kind } of outcomes) count(batch, kind);
      return;
    }
    case "phone-message":
      return count(batch, (await recordPhoneMessage(ctx, orgId, item.message)).kind);
    case "call":
      return count(batch, (await recordCall(ctx, orgId, item.call)).kind);
    case "status":
      return count(batch, `status-${(await recordStatus(ctx, orgId, item.update)).kind}`);
  }
}

/**
 * A status need not name the number that its message went from: our own id, which the provider signs, leads to the
 * garage.
 */
async function ownerOf(ctx: Ctx, item: InboxItem): Promise<GarageProfile | undefined> {
  const messageId = item.kind === "status" ? item.update.messageId : undefined;
  const orgId = messageId === undefined ? undefined : await findOwner(messageId);
  return orgId === undefined ? undefined : getGarage(ctx, orgId);
}

const UNKNOWN = "unknown-number";

/** An item about a number that is no garage's. */
async function keepUnknown(batch: Batch, item: InboxItem): Promise<void> {
  const { ctx, delivery } = batch;
  const { id, said } = tellOf(item);
  await keepProviderEvent({
    provider: delivery.provider,
    id,
    orgId: undefined,
    type: UNKNOWN,
    payload: { ...item.address, ...said },
    receivedAt: ctx.now(),
  });
  count(batch, UNKNOWN);
  ctx.log.warn({ kind: item.kind }, "an item about a number that is no garage's");
}

/** Under which id an item is kept, once, and what it says. */
function tellOf(item: InboxItem): { id: string; said: object } {
  switch (item.kind) {
    case "status": {
      const { update } = item;
      return { id: `status:${update.providerId}:${update.status}`, said: update };
    }
    case "call":
      return { id: `${UNKNOWN}:${item.call.providerId}:${item.call.end !== null}`, said: item.call };
    default:
      return { id: `${UNKNOWN}:${item.message.providerId}`, said: item.message };
  }
}

type StrayGroup = {
  readonly type: string;
  readonly identity: string | undefined;
  readonly payloads: unknown[];
};

function groupStrays(strays: readonly Stray[]): StrayGroup[] {
  const groups = new Map<string, StrayGroup>();
  for (const stray of strays) {
    const own = `${stray.type} ${stray.identity}`;
    const fits = groups.has(own) || groups.size < MAX_KINDS;
    const key = fits ? own : "mixed";
    const group = groups.get(key) ?? {
      type: fits ? stray.type : key,
      identity: fits ? stray.identity : undefined,
      payloads: [],
    };
    group.payloads.push(stray.payload);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Named after its content: the same delivery again is kept once. */
async function keepStrays(batch: Batch, { type, identity, payloads }: StrayGroup): Promise<void> {
  const { ctx, delivery } = batch;
  const garage = identity === undefined ? undefined : await batch.garageOf({ identity });
  const digest = createHash("sha256")
    .update(JSON.stringify([identity, payloads]))
    .digest("hex");
  await keepProviderEvent({
    provider: delivery.provider,
    id: `${type.slice(0, 60)}:${digest}`,
    orgId: garage?.orgId,
    type,
    payload: { identity: identity ?? null, items: payloads },
    receivedAt: ctx.now(),
  });
  count(batch, "kept", payloads.length);
  ctx.log.warn(
    { orgId: garage?.orgId, type: type.slice(0, 60), items: payloads.length },
    "kept parts of a delivery that have no handler",
  );
}
