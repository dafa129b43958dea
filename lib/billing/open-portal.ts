import { recordChange } from "@/lib/audit/record-change";
import { asSystem, type Ctx, requireMember } from "@/lib/auth/context";
import { getAccountSummary } from "@/lib/credits/get-account-summary";
import { inTransaction } from "@/lib/db/transaction";
import { AppError } from "@/lib/shared/errors";
import { refuseDemo } from "./plan-access";
import { findCustomer } from "./store/customers";
import { createPortalSession } from "./stripe/create-portal-session";
import { isMissingCustomer } from "./stripe/errors";
import { supportAddress } from "./support-url";
import { syncCustomer } from "./sync-customer";

/**
 * The address of Stripe's portal: card and invoices, and with a subscription also bays, monthly or yearly, cancel and
 * resume. That somebody went there stands in the audit. Needs `billing.manage`; without a customer at Stripe, or where Stripe refuses, the message leads to support.
 */
export async function openPortal(ctx: Ctx, orgId: string): Promise<{ readonly url: string }> {
  requireMember(ctx.actor, orgId, "billing.manage");
  const { state } = await getAccountSummary(ctx, orgId);
  refuseDemo(state);
  const customer = await findCustomer(orgId);
  if (!customer) throw withSupport("not_found", "There is nothing to manage at Stripe yet.");
  const url = await startPortal(ctx, orgId, customer.customerId);
  // Stripe does not say who changes something there: who went there is all that can be known.
  await inTransaction((tx) =>
    recordChange(ctx, tx, { orgId, action: "billing/portal-opened", before: {}, after: { opened: true } }),
  );
  return { url };
}

async function startPortal(ctx: Ctx, orgId: string, customerId: string): Promise<string> {
  try {
    return await createPortalSession(customerId);
  } catch (cause) {
    ctx.log.warn({ err: cause, orgId, customerId }, "Stripe's portal could not be opened");
    if (isMissingCustomer(cause)) await syncCustomer(asSystem(ctx, "portal"), customerId);
    throw withSupport("unavailable", "Stripe’s billing portal could not be opened. Please try again.", cause);
  }
}

function withSupport(code: "not_found" | "unavailable", words: string, cause?: unknown): AppError {
  return new AppError(code, `${words} If you need help, contact Torqueflow support: ${supportAddress()}`, {
    cause,
  });
}
