import CreditCard from "lucide-react/icons/credit-card";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NotAllowed } from "@/components/layout/not-allowed";
import { PAGE_ACTION, PageMessage } from "@/components/layout/page-message";
import { workspaceContext } from "@/lib/auth/workspace";
import { openTopUpLink } from "@/lib/billing/open-top-up-link";
import { isAppError } from "@/lib/shared/errors";
import { garagePage } from "../../../../garage-page";

export const metadata: Metadata = { title: "Confirm your payment" };

/**
 * Where the mail about a payment that needs authentication leads: on to Stripe's checkout, or to the reason why not.
 */
export default garagePage(async function ConfirmTopUpPage({
  params,
}: {
  params: Promise<{ token: string }>;
}) {
  const { ctx, orgId, permissions } = await workspaceContext();
  if (!permissions.includes("billing.credits.purchase")) return <NotAllowed what="payments" />;
  const { token } = await params;
  const opened = await openTopUpLink(ctx, orgId, token).catch((error: unknown) => {
    if (!isAppError(error)) throw error;
    return { kind: "refused", why: error.message } as const;
  });
  if (opened.kind === "checkout") redirect(opened.url);
  const isPaid = opened.kind === "paid";
  const paysFirst = opened.kind === "subscription";
  return (
    <PageMessage
      icon={<CreditCard aria-hidden />}
      title={isPaid ? "This payment has been made" : "This payment cannot be confirmed here"}
      action={
        <a href={`/settings/billing#${paysFirst ? "subscription" : "auto-top-up"}`} className={PAGE_ACTION}>
          {paysFirst ? "See your subscription" : "See auto top-up"}
        </a>
      }
    >
      {isPaid ? "The credits were added." : opened.why}
    </PageMessage>
  );
});
