import type { CustomerCall } from "@/lib/inbox/core/message";
import { type People, senderOf } from "./read-sender";
import { call as callShape, readTime } from "./shapes";

type Where = { readonly identity: string; readonly people: People; readonly receivedAt: Date };

const MAX_SECONDS = 86_400;

/**
 * One item of the field `calls`: a customer rings, or a customer's call has ended. Undefined for calls that we made, and
 * for what is no call. Source: Meta, "User-initiated calls" (call connect and call terminate webhooks)
 */
export function readCall(given: unknown, { identity, people, receivedAt }: Where): CustomerCall | undefined {
  const call = callShape.parse(given);
  const sender = senderOf({ waId: call.from, bsuid: call.from_user_id }, people);
  const isTheirs = call.direction === undefined || call.direction === "USER_INITIATED";
  if (call.id === undefined || !sender || !isTheirs) return undefined;
  const base = {
    channel: "whatsapp",
    identity,
    providerId: call.id,
    sender,
    at: readTime(call.timestamp, receivedAt),
  } as const;
  if (call.event === "connect") return { ...base, end: null };
  if (call.event !== "terminate") return undefined;
  const seconds = call.status === "COMPLETED" ? wholeSeconds(call.duration) : null;
  return { ...base, end: { seconds } };
}

/** The duration is told only of a call that was picked up. */
const wholeSeconds = (duration: number | undefined): number | null =>
  duration === undefined ? null : Math.min(MAX_SECONDS, Math.max(0, Math.round(duration)));
