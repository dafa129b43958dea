import type { Ctx } from "@/lib/auth/context";
import { listSmsNumbers, type SmsNumber } from "@/lib/garage/list-sms-numbers";
import { receiveDelivery } from "@/lib/inbox/receive-delivery";
import { storedMessages } from "@/lib/inbox/stored-messages";
import { deliveryOf } from "./parse";
import { type FetchedSms, listInbound, listMedia } from "./provider-api";

export type FetchedMissed = { readonly found: number; readonly failed: number };

const HOUR_MS = 3_600_000;
/** Long enough for the webhook and its fallback to come by themselves. */
const GRACE_MS = 2 * 60_000;
/** Numbers in a row that could not be asked: Twilio is away, and the next run asks again. */
const GIVE_UP_AFTER = 3;

/**
 * Puts texts of the last day that Twilio has and we do not through the webhook's own path, oldest first. One that fails is
 * logged and tried again next time.
 */
export async function fetchMissedSms(ctx: Ctx): Promise<FetchedMissed> {
  const tally = { found: 0, failed: 0 };
  let failedInARow = 0;
  for (const number of await listSmsNumbers(ctx)) {
    if (failedInARow >= GIVE_UP_AFTER) break;
    try {
      for (const message of await listMissed(ctx, number)) await take(ctx, message, tally);
      failedInARow = 0;
    } catch (error) {
      failedInARow += 1;
      tally.failed += 1;
      ctx.log.error({ err: error }, "a number's texts could not be listed");
    }
  }
  return tally;
}

async function listMissed(ctx: Ctx, { identity, orgId }: SmsNumber): Promise<FetchedSms[]> {
  const now = ctx.now().getTime();
  const listed = await listInbound(identity, new Date(now - 24 * HOUR_MS));
  const due = listed.filter((message) => receivedAt(message, ctx).getTime() < now - GRACE_MS);
  const sids = due.map(({ sid }) => sid);
  const stored = await storedMessages(ctx, orgId, "sms", sids);
  return due
    .filter(({ sid }) => !stored.has(sid))
    .sort((a, b) => receivedAt(a, ctx).getTime() - receivedAt(b, ctx).getTime());
}

async function take(ctx: Ctx, fetched: FetchedSms, tally: { found: number; failed: number }): Promise<void> {
  try {
    const media = Number(fetched.numMedia) > 0 ? await listMedia(fetched.sid) : [];
    const serviceId = fetched.messagingServiceSid;
    const delivery = deliveryOf({
      sid: fetched.sid,
      from: fetched.from,
      to: fetched.to,
      body: fetched.body ?? "",
      media,
      optOutType: undefined,
      ...(serviceId !== null && { serviceId }),
      at: receivedAt(fetched, ctx),
    });
    tally.found += (await receiveDelivery(ctx, delivery)).get("accepted") ?? 0;
  } catch (error) {
    tally.failed += 1;
    ctx.log.error({ err: error }, "a missed text could not be stored");
  }
}

function receivedAt({ dateSent, dateCreated }: FetchedSms, ctx: Ctx): Date {
  const at = dateSent ?? dateCreated;
  const now = ctx.now();
  return at && at < now ? at : now;
}
