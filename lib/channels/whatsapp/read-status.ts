import { z } from "zod";
import type { Failure, OutboundStatus, StatusUpdate } from "@/lib/inbox/core/message";
import { metaErrors } from "./errors";
import { readTime, status as statusShape } from "./shapes";

/** Listening to a voice message is reading it. */
const STATUSES: ReadonlyMap<string | undefined, OutboundStatus> = new Map([
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["played", "read"],
  ["failed", "failed"],
]);

const MAX_CODE = 2_147_483_647;
const MAX_TEXT = 300;

const isUuid = (text: string | undefined): text is string => z.uuid().safeParse(text).success;

/** One item of `statuses[]`; undefined where it names no message or says nothing that we know. */
export function readStatus(given: unknown, receivedAt: Date): StatusUpdate | undefined {
  const item = statusShape.parse(given);
  const status = STATUSES.get(item.status);
  if (item.id === undefined || status === undefined) return undefined;
  const messageId = item.biz_opaque_callback_data;
  const base = {
    channel: "whatsapp",
    providerId: item.id,
    ...(isUuid(messageId) && { messageId }),
    at: readTime(item.timestamp, receivedAt),
  } as const;
  return status === "failed" ? { ...base, status, failure: readFailure(item.errors) } : { ...base, status };
}

function readFailure({ code, title, error_data: data }: z.output<typeof statusShape>["errors"]): Failure {
  const known = code !== undefined && Number.isInteger(code) && Math.abs(code) <= MAX_CODE ? code : undefined;
  const reason = metaErrors.reasonOf(known) ?? data.details ?? title;
  return {
    next: metaErrors.afterFailedStatus(known),
    ...(known !== undefined && { code: known }),
    ...(reason !== undefined && { reason: reason.slice(0, MAX_TEXT) }),
  };
}
