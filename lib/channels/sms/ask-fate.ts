import type { Ctx } from "@/lib/auth/context";
import type { UnfinishedMessage } from "@/lib/inbox/core/message";
import type { AskFate } from "@/lib/inbox/finish-sends";
import { storedMessages } from "@/lib/inbox/stored-messages";
import { readStatus } from "./parse";
import { type FetchedSms, fetchSms, listOutbound } from "./provider-api";
import { segmentsOf } from "./segments";

/** Asks Twilio what became of a text; one that has no id is looked for among those that Twilio did send. */
export const askTwilio =
  (ctx: Ctx): AskFate =>
  async (message) => {
    const fetched =
      message.providerId === null ? await findSent(ctx, message) : await fetchSms(message.providerId);
    if (!fetched) return { kind: message.providerId === null ? "never-sent" : "waiting" };
    const at = fetched.dateUpdated ?? ctx.now();
    return {
      kind: "sent",
      providerId: fetched.sid,
      segments: segmentsOf(fetched.numSegments, message.body),
      update: readStatus(fetched.status, fetched.errorCode ?? undefined, { providerId: fetched.sid, at }),
    };
  };

/**
 * Texts with the same words from the same number to the same person since it was written, that belong to no other
 * message of ours.
 */
async function findSent(ctx: Ctx, message: UnfinishedMessage): Promise<FetchedSms | undefined> {
  const listed = await listOutbound(message.identity, message.to);
  const candidates = listed.filter(
    ({ body, dateCreated }) => wordsOf(body) === wordsOf(message.body) && dateCreated >= message.at,
  );
  const sids = candidates.map(({ sid }) => sid);
  const claimed = await storedMessages(ctx, message.orgId, "sms", sids);
  return candidates.find(({ sid }) => !claimed.has(sid));
}

/** Smart encoding changes apostrophes, dashes and the like. */
const wordsOf = (body: string): string => body.replace(/[^\p{L}\p{N}]/gu, "");
