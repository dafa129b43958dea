import { createHash } from "node:crypto";
import type { Ctx } from "@/lib/auth/context";
import { keepProviderEvent } from "@/lib/db/provider-events";
import { isTransient } from "@/lib/db/sql-errors";
import { findGarage } from "@/lib/garage/find-garage";
import type { GarageProfile } from "@/lib/garage/garage-profile";
import { acceptMessage } from "@/lib/inbox/accept-message";
import type { StatusUpdate } from "@/lib/inbox/core/message";
import { recordStatus } from "@/lib/inbox/record-status";
import { followFailure } from "@/lib/inbox/store/failures";
import { AppError } from "@/lib/shared/errors";
import { metrics } from "@/lib/shared/metrics";
import { metaErrors } from "./errors";
import { eachGroup, groupByConversation } from "./in-order";
import type { Stray, WhatsAppDelivery, WhatsAppItem } from "./parse";

const AT_ONCE = 4;
/** So many in a row without the database: the rest of the batch is left for the next delivery. */
const GIVE_UP_AFTER = 12;
/** Kinds of stray kept apart; beyond that they share a row. */
const MAX_KINDS = 20;

const count = (outcome: string): void => metrics.messageItems.inc({ channel: "whatsapp", outcome });

type Batch = {
  readonly ctx: Ctx;
  readonly garageOf: (identity: string) => Promise<GarageProfile | undefined>;
  readonly strays: Stray[];
  /** What went wrong on our side: Meta must deliver again. */
  readonly failures: unknown[];
  failedInARow: number;
};

/**
 * Acts on a verified delivery: each item by itself, those of one conversation in their order. One that fails for our
 * reason holds no other up; then it throws unavailable, so that Meta delivers all of it again, which stores nothing twice.
 */
export async function receiveWhatsApp(ctx: Ctx, delivery: WhatsAppDelivery): Promise<void> {
  const batch: Batch = {
    ctx,
    garageOf: remember(ctx),
    strays: [...delivery.strays],
    failures: [],
    failedInARow: 0,
  };
  await eachGroup(groupByConversation(delivery.items), AT_ONCE, async (group) => {
    for (const item of group) await attempt(batch, () => receiveItem(batch, item));
  });
  for (const group of groupStrays(batch.strays)) await attempt(batch, () => keepStrays(batch, group));
  const [cause] = batch.failures;
  if (batch.failures.length > 0) {
    ctx.log.warn({ failed: batch.failures.length }, "parts of a WhatsApp delivery failed");
    throw new AppError("unavailable", "Not everything could be stored: please deliver again.", { cause });
  }
}

/** A batch asks for each number once, or again where nobody could say. */
function remember(ctx: Ctx): Batch["garageOf"] {
  const asked = new Map<string, Promise<GarageProfile | undefined>>();
  return async (identity) => {
    const answer = asked.get(identity) ?? findGarage(ctx, "whatsapp", identity);
    asked.set(identity, answer);
    try {
      return await answer;
    } catch (error) {
      asked.delete(identity);
      throw error;
    }
  };
}

async function attempt(batch: Batch, work: () => Promise<void>): Promise<void> {
  try {
    if (batch.failedInARow >= GIVE_UP_AFTER) throw new Error("not attempted");
    await work();
    batch.failedInARow = 0;
  } catch (error) {
    count("failed");
    batch.failures.push(error);
    if (isTransient(error)) batch.failedInARow += 1;
  }
}

async function receiveItem(batch: Batch, item: WhatsAppItem): Promise<void> {
  const { ctx } = batch;
  const { identity } = item.kind === "message" ? item.message : item.update;
  const garage = await batch.garageOf(identity);
  if (!garage) {
    batch.strays.push({ type: "unknown-number", identity, payload: item });
    return;
  }
  if (item.kind === "message") {
    count((await acceptMessage(ctx, garage, item.message)).kind);
    return;
  }
  await receiveStatus(ctx, garage.orgId, item.update);
}

async function receiveStatus(ctx: Ctx, orgId: string, update: StatusUpdate): Promise<void> {
  if (update.status === "failed") {
    const next = metaErrors.afterFailedStatus(update.errorCode);
    await followFailure(orgId, update, next, ctx.newId());
    if (next === "alert-operator") {
      ctx.log.error({ orgId, code: update.errorCode }, "WhatsApp refuses to deliver: an operator must look");
    }
  }
  count(`status-${(await recordStatus(ctx, orgId, update)).kind}`);
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
    const { type, identity } = fits ? stray : { type: key, identity: undefined };
    const group = groups.get(key) ?? { type, identity, payloads: [] };
    group.payloads.push(stray.payload);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Named after its content: the same delivery again is kept once. */
async function keepStrays({ ctx, garageOf }: Batch, { type, identity, payloads }: StrayGroup): Promise<void> {
  const garage = identity === undefined ? undefined : await garageOf(identity);
  const digest = createHash("sha256")
    .update(JSON.stringify([identity, payloads]))
    .digest("hex");
  await keepProviderEvent({
    provider: "meta",
    id: `${type.slice(0, 60)}:${digest}`,
    orgId: garage?.orgId,
    type,
    payload: { identity: identity ?? null, items: payloads },
    receivedAt: ctx.now(),
  });
  metrics.messageItems.inc(
    { channel: "whatsapp", outcome: type === "unknown-number" ? type : "kept" },
    payloads.length,
  );
  ctx.log.warn(
    { orgId: garage?.orgId, type: type.slice(0, 60), items: payloads.length },
    "kept parts of a WhatsApp delivery that have no handler",
  );
}
