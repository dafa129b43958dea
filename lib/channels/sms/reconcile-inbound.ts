import type { Ctx } from "@/lib/auth/context";
import { readConsent } from "@/lib/inbox/core/consent-words";
import { findStored, listSmsNumbers } from "@/lib/inbox/store/provider-ids";
import { cleanText } from "@/lib/shared/clean-json";
import { mediaType, readSmsSender, type SmsDelivery } from "./parse";
import { type FetchedSms, listInbound, listMedia } from "./provider-api";
import { receiveSms } from "./receive";

export type InboundReconciliation = { readonly found: number; readonly failed: number };

const HOUR_MS = 3_600_000;
/** Long enough for the webhook and its fallback to come by themselves. */
const GRACE_MS = 2 * 60_000;
/** Numbers in a row that could not be asked: Twilio is away, and the next run asks again. */
const GIVE_UP_AFTER = 3;

/**
 * Puts texts of the last day that Twilio has and we do not through the webhook's own path, oldest first. One that fails is
 * logged and tried again next time.
 */
export async function reconcileInboundSms(ctx: Ctx): Promise<InboundReconciliation> {
  const tally = { found: 0, failed: 0 };
  let failedInARow = 0;
  for (const number of await listSmsNumbers()) {
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

async function listMissed(ctx: Ctx, number: string): Promise<FetchedSms[]> {
  const now = ctx.now().getTime();
  const listed = await listInbound(number, new Date(now - 24 * HOUR_MS));
  const due = listed.filter((message) => receivedAt(message, ctx).getTime() < now - GRACE_MS);
  const stored = await findStored(due.map(({ sid }) => sid));
  return due
    .filter(({ sid }) => !stored.has(sid))
    .sort((a, b) => receivedAt(a, ctx).getTime() - receivedAt(b, ctx).getTime());
}

async function take(ctx: Ctx, message: FetchedSms, tally: { found: number; failed: number }): Promise<void> {
  try {
    const outcome = await receiveSms(ctx, await asDelivery(ctx, message));
    if (outcome === "accepted") tally.found += 1;
  } catch (error) {
    tally.failed += 1;
    ctx.log.error({ err: error }, "a missed text could not be stored");
  }
}

/** A fetched message as its webhook would have been. */
async function asDelivery(ctx: Ctx, fetched: FetchedSms): Promise<SmsDelivery> {
  const media = Number(fetched.numMedia) > 0 ? await listMedia(fetched.sid) : [];
  const [first] = media;
  const body = cleanText(fetched.body ?? "");
  return {
    message: {
      channel: "sms",
      identity: fetched.to,
      providerId: fetched.sid,
      sender: readSmsSender(fetched.from),
      type: first ? mediaType(first.mimeType) : "text",
      body,
      ...(media.length > 0 && { parts: { media } }),
      at: receivedAt(fetched, ctx),
    },
    consentWord: readConsent(body, undefined),
    serviceSid: fetched.messagingServiceSid ?? undefined,
    fallbackFrom: undefined,
  };
}

function receivedAt({ dateSent, dateCreated }: FetchedSms, ctx: Ctx): Date {
  const at = dateSent ?? dateCreated;
  const now = ctx.now();
  return at && at < now ? at : now;
}
