import { z } from "zod";
import type { OutboundStatus, StatusUpdate } from "@/lib/inbox/core/message";
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
export function readStatus(given: unknown, identity: string, receivedAt: Date): StatusUpdate | undefined {
  const item = statusShape.parse(given);
  const status = STATUSES.get(item.status);
  if (item.id === undefined || status === undefined) return undefined;
  const messageId = item.biz_opaque_callback_data;
  return {
    channel: "whatsapp",
    identity,
    providerId: item.id,
    ...(isUuid(messageId) && { messageId }),
    status,
    at: readTime(item.timestamp, receivedAt),
    ...(status === "failed" && readFailure(item.errors)),
  };
}

type Failure = Pick<StatusUpdate, "errorCode" | "errorText">;

function readFailure({ code, title, error_data: data }: z.output<typeof statusShape>["errors"]): Failure {
  const errorCode =
    code !== undefined && Number.isInteger(code) && Math.abs(code) <= MAX_CODE ? code : undefined;
  const errorText = metaErrors.reasonOf(errorCode) ?? data.details ?? title;
  return {
    ...(errorCode !== undefined && { errorCode }),
    ...(errorText !== undefined && { errorText: errorText.slice(0, MAX_TEXT) }),
  };
}
