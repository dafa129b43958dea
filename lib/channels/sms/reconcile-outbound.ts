import type { Ctx } from "@/lib/auth/context";
import { recordSend } from "@/lib/inbox/record-send";
import { findStored } from "@/lib/inbox/store/provider-ids";
import { listUnfinished, type UnfinishedMessage } from "@/lib/inbox/store/unfinished";
import { statusOf } from "./parse";
import { type FetchedSms, fetchSms, listOutbound } from "./provider-api";
import { recordSmsStatus } from "./receive-status";
import { segmentsOf } from "./segments";

export type OutboundReconciliation = {
  readonly updated: number;
  readonly unsent: number;
  readonly failed: number;
};

const MINUTE_MS = 60_000;
/** By then a status callback has come, or will not. */
const PATIENCE_MS = 15 * MINUTE_MS;
const LOOK_BACK_MS = 48 * 60 * MINUTE_MS;
const MOST = 500;
const GIVE_UP_AFTER = 3;

/**
 * Asks Twilio what became of texts of ours: of those sent without word of their delivery, and of those whose sending was
 * cut off, which are looked for among what Twilio did send. What it never got is told to staff, not sent by itself.
 */
export async function reconcileOutboundSms(ctx: Ctx): Promise<OutboundReconciliation> {
  const now = ctx.now().getTime();
  const between = { since: new Date(now - LOOK_BACK_MS), before: new Date(now - PATIENCE_MS) };
  const tally = { updated: 0, unsent: 0, failed: 0 };
  const waiting = [
    ...(await listUnfinished("sms", "sending", between, MOST)),
    ...(await listUnfinished("sms", "sent", between, MOST)),
  ];
  let failedInARow = 0;
  for (const message of waiting) {
    if (failedInARow >= GIVE_UP_AFTER) break;
    try {
      const outcome = await finish(ctx, message);
      if (outcome !== "waiting") tally[outcome] += 1;
      failedInARow = 0;
    } catch (error) {
      failedInARow += 1;
      tally.failed += 1;
      ctx.log.error({ orgId: message.orgId, err: error }, "a text's status could not be fetched");
    }
  }
  return tally;
}

async function finish(ctx: Ctx, message: UnfinishedMessage): Promise<"updated" | "unsent" | "waiting"> {
  const { orgId, messageId, providerId } = message;
  const fetched = providerId === null ? await findSent(message) : await fetchSms(providerId);
  if (!fetched && providerId === null) {
    const reason = "This was not sent: the sending was interrupted.";
    await recordSend(ctx, orgId, messageId, { kind: "failed", reason, next: "tell-staff" });
    return "unsent";
  }
  if (!fetched) return "waiting";
  if (providerId === null) {
    const segments = segmentsOf(fetched.numSegments, message.body);
    await recordSend(ctx, orgId, messageId, { kind: "sent", providerId: fetched.sid, segments });
  }
  const at = fetched.dateUpdated ?? ctx.now();
  const update = statusOf(fetched.status, fetched.errorCode ?? undefined, {
    providerId: fetched.sid,
    identity: message.identity,
    at,
  });
  if (!update || (update.status === "sent" && providerId !== null)) return "waiting";
  await recordSmsStatus(ctx, orgId, { ...update, messageId });
  return "updated";
}

/** The same words from the same number to the same person since it was written, which no other message of ours has claimed. */
async function findSent(message: UnfinishedMessage): Promise<FetchedSms | undefined> {
  const listed = await listOutbound(message.identity, message.to);
  const candidates = listed.filter(
    ({ body, dateCreated }) => wordsOf(body) === wordsOf(message.body) && dateCreated >= message.at,
  );
  const claimed = await findStored(candidates.map(({ sid }) => sid));
  return candidates.find(({ sid }) => !claimed.has(sid));
}

/** Smart encoding changes apostrophes, dashes and the like. */
const wordsOf = (body: string): string => body.replace(/[^\p{L}\p{N}]/gu, "");
