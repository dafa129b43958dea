import { findInvoiceAddress } from "@/lib/billing/list-invoices";
import { LIMITS } from "@/lib/http/limits";
import { memberRoute } from "@/lib/http/member-route";
import { seeOther, stripeParam } from "@/lib/http/params";

export const dynamic = "force-dynamic";

/** An invoice’s PDF at Stripe, at the address it has at this moment. */
export const GET = memberRoute("billing/invoice-pdf", {
  limit: LIMITS.askStripe,
  act: async ({ ctx, orgId, params }) =>
    seeOther(await findInvoiceAddress(ctx, orgId, { invoiceId: stripeParam(params, "id"), what: "pdf" })),
});
