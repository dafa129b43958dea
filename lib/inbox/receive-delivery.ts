import { createHash } from "node:crypto";
import { type Ctx, requireSystem } from "@/lib/auth/context";
import { keepProviderEvent } from "@/lib/db/provider-events";
import { isTransient } from "@/lib/db/sql-errors";
import { findGarage } from "@/lib/garage/find-garage";
import type { GarageProfile } from "@/lib/garage/garage-profile";
import { AppError } from "@/lib/shared/errors";
import { metrics } from "@/lib/shared/metrics";
import { acceptMessage } from "./accept-message";
import {
  type Delivery,
  groupByConversation,
  type InboxItem,
  type OurAddress,
  type Stray,
} from "./core/delivery";
import { recordStatus } from "./record-status";

const AT_ONCE = 4;
/** So many in a row without the database: the rest of the batch is left for the next delivery. */
const GIVE_UP_AFTER = 12;
/** Kinds of stray kept apart; beyond that they share a row. */
const MAX_KINDS = 20;

type Batch = {
  readonly ctx: Ctx;
  readonly delivery: Delivery;
  readonly garageOf: (address: OurAddress) => Promise<GarageProfile | undefined>;
  readonly tally: Map<string, number>;
  /** What went wrong on our side: the provider must deliver again. */
  readonly failures: unknown[];
  failedInARow: number;
};

/** How many items came to what: accepted, duplicate, unknown-number, kept, failed, status-applied … */
export type DeliveryTally = ReadonlyMap<string, number>;

/**
 * Acts on a verified delivery: each item by itself, those of one conversation in their order. One that fails for our
 * reason holds no other up; then it throws unavailable, so that the provider delivers all of it again, which stores
 * nothing twice. The system's.
 */
export async function receiveDelivery(ctx: Ctx, delivery: Delivery): Promise<DeliveryTally> {
  requireSystem(ctx.actor);
  const batch: Batch = {
    ctx,
    delivery,
    garageOf: directoryOf(ctx, delivery),
    tally: new Map(),
    failures: [],
    failedInARow: 0,
  };
  if (delivery.fallbackFrom !== undefined) {
    count(batch, "fallback");
    ctx.log.warn({ code: delivery.fallbackFrom }, "it came by the fallback address: the first one failed");
  }
  await eachGroup(groupByConversation(delivery.items), async (group) => {
    for (const item of group) await attempt(batch, () => receiveItem(batch, item));
  });
  for (const group of groupStrays(delivery.strays)) await attempt(batch, () => keepStrays(batch, group));
  const [cause] = batch.failures;
  if (batch.failures.length > 0) {
    ctx.log.warn({ failed: batch.failures.length }, "parts of a delivery failed");
    throw new AppError("unavailable", "Not everything could be stored: please deliver again.", { cause });
  }
  return batch.tally;
}

function count({ delivery, tally }: Batch, outcome: string, items = 1): void {
  metrics.messageItems.inc({ channel: delivery.channel, outcome }, items);
  tally.set(outcome, (tally.get(outcome) ?? 0) + items);
}

/** Whose number it is, asked once for a delivery, or again where nobody could say: by the number, else by its service. */
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
  work: (group: Group) => Promise<void>,
): Promise<void> {
  const waiting = groups.values();
  const runner = async (): Promise<void> => {
    for (const group of waiting) await work(group);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, groups.length) }, runner));
}

async function attempt(batch: Batch, work: () => Promise<void>): Promise<void> {
  try {
    if (batch.failedInARow >= GIVE_UP_AFTER) throw new Error("not attempted");
    await work();
    batch.failedInARow = 0;
  } catch (error) {
    count(batch, "failed");
    batch.failures.push(error);
    if (isTransient(error)) batch.failedInARow += 1;
  }
}

async function receiveItem(batch: Batch, item: InboxItem): Promise<void> {
  const { ctx } = batch;
  const garage = await batch.garageOf(item.address);
  if (!garage) return keepUnknown(batch, item);
  if (item.kind === "message") count(batch, (await acceptMessage(ctx, garage, item.message)).kind);
  else count(batch, `status-${(await recordStatus(ctx, garage.orgId, item.update)).kind}`);
}

const UNKNOWN = "unknown-number";

/** An item about a number that is no garage's. */
async function keepUnknown(batch: Batch, item: InboxItem): Promise<void> {
  const { ctx, delivery } = batch;
  const said = item.kind === "message" ? item.message : item.update;
  const id =
    item.kind === "message"
      ? `${UNKNOWN}:${item.message.providerId}`
      : `status:${item.update.providerId}:${item.update.status}`;
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
