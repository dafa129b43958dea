import { listInvoices } from "@/lib/billing/list-invoices";
import { memberRoute } from "@/lib/http/member-route";

export const dynamic = "force-dynamic";

/** The subscription's last invoices. */
export const GET = memberRoute("billing/invoices", { act: ({ ctx, orgId }) => listInvoices(ctx, orgId) });
