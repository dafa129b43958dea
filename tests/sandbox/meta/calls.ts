import { newId } from "../core/ids";
import type { Line } from "../core/lines";
import { record } from "./inbound";
import type { MetaState } from "./state";
import { customerOf, type MetaUser } from "./users";
import { metaDelivery } from "./webhooks";

export interface CustomerCall {
  line: Line;
  user: MetaUser;
  /** How long they speak; null where nobody picks up. */
  seconds: number | null;
}

/**
 * A customer calls on WhatsApp: Meta tells that it rings, then how it ended, each in a POST of its own. It opens the
 * window, whether anybody picks up or not. Source: "User-initiated calls", call connect and call terminate webhooks
 */
export function callBusiness(state: MetaState, { line, user, seconds }: CustomerCall): string {
  const { sandbox, users } = state;
  users.remember(user);
  const id = newId.wamid(user.waId).replace("wamid.", "wacid.");
  const startMs = sandbox.clock.time();
  const endMs = startMs + (seconds ?? 0) * 1_000;
  record(state, line, user, { id, atMs: startMs, type: "call" });
  const epoch = (ms: number) => String(Math.floor(ms / 1_000));
  const base = { id, to: line.phone.slice(1), from: user.waId, direction: "USER_INITIATED" };
  const ended =
    seconds === null
      ? { status: "FAILED" }
      : { status: "COMPLETED", start_time: epoch(startMs), end_time: epoch(endMs), duration: seconds };
  const events = [
    { ...base, event: "connect", timestamp: epoch(startMs), session: { sdp_type: "offer", sdp: "v=0" } },
    { ...base, event: "terminate", timestamp: epoch(endMs), ...ended },
  ];
  for (const call of events) {
    const value = {
      messaging_product: "whatsapp",
      metadata: { display_phone_number: line.phone.slice(1), phone_number_id: line.whatsAppNumberId },
      contacts: [{ profile: { name: user.name }, wa_id: user.waId }],
      calls: [call],
    };
    const delivery = metaDelivery(sandbox, {
      type: "call",
      lane: `meta:in:${line.whatsAppNumberId}:${user.waId}`,
      labels: { line: line.slug, customer: customerOf(user), message: id },
      changes: [{ account: line.businessAccountId, field: "calls", value }],
    });
    sandbox.outbox.enqueue(delivery);
  }
  return id;
}
