import type { Sandbox } from "../core/context";
import type { Line } from "../core/lines";
import { statusError } from "./errors";
import { customerOf, type MetaUser } from "./users";
import { messagesChange, metaDelivery } from "./webhooks";

/** An accepted message of a business. */
export interface Sent {
  id: string;
  line: Line;
  user: MetaUser;
  /** Of a template: utility or marketing. */
  category: string | undefined;
  insideWindow: boolean;
  callbackData: string | undefined;
}

type Status = "sent" | "delivered" | "read" | "failed";

/**
 * Prices since July 2025: templates cost when delivered, unless a utility template goes into an open window; all else is
 * free. `pricing` comes with sent and delivered only.
 */
function pricingOf({ category, insideWindow }: Sent) {
  const billable = category !== undefined && !(category === "utility" && insideWindow);
  return {
    billable,
    pricing_model: "PMP",
    type: billable ? "regular" : "free_customer_service",
    category: category ?? "service",
  };
}

/**
 * One status webhook, as in `tests/samples/meta/status-*.json`; `contacts` and `recipient_user_id` are left out on
 * failed.
 */
function statusChange(sent: Sent, status: Status, atMs: number, code?: number) {
  const { id, line, user, callbackData } = sent;
  const number = user.waId === "" ? {} : { recipient_id: user.waId };
  const failed = status === "failed";
  const item = {
    id,
    status,
    timestamp: String(Math.floor(atMs / 1_000)),
    ...number,
    ...(failed ? {} : { recipient_user_id: user.bsuid }),
    ...(callbackData === undefined ? {} : { biz_opaque_callback_data: callbackData }),
    ...(status === "sent" || status === "delivered" ? { pricing: pricingOf(sent) } : {}),
    ...(code === undefined ? {} : { errors: [statusError(code)] }),
  };
  const contact = {
    profile: { name: user.name },
    ...(user.waId === "" ? {} : { wa_id: user.waId }),
    user_id: user.bsuid,
  };
  return messagesChange(line, { ...(failed ? {} : { contacts: [contact] }), statuses: [item] });
}

/** Tells the application how a message fared: sent, delivered, read, or where it stops. */
export function queueStatuses(
  sandbox: Sandbox,
  sent: Sent,
  end: { failsWith?: number; stopsAt?: "sent" | "delivered" },
): void {
  const { statusDelaysMs, customersRead } = sandbox.settings();
  const queue = (status: Status, delayMs: number, code?: number) => {
    const change = statusChange(sent, status, sandbox.clock.time() + delayMs, code);
    const delivery = metaDelivery(sandbox, {
      type: `status:${status}`,
      lane: `meta:status:${sent.id}`,
      labels: { line: sent.line.slug, customer: customerOf(sent.user), message: sent.id, status },
      changes: [change],
      settled: () => sandbox.threads.mark(sent.id, status, code === undefined ? undefined : `Error ${code}`),
    });
    sandbox.outbox.enqueue(delivery, delayMs);
  };
  if (end.failsWith !== undefined) {
    queue("failed", statusDelaysMs.sent, end.failsWith);
    return;
  }
  queue("sent", statusDelaysMs.sent);
  if (end.stopsAt === "sent") return;
  queue("delivered", statusDelaysMs.delivered);
  if (end.stopsAt !== "delivered" && customersRead) queue("read", statusDelaysMs.read);
}
