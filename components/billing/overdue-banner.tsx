"use client";

import { useQuery } from "@tanstack/react-query";
import { Banner } from "@/components/ui/banner";
import { buttonStyle } from "@/components/ui/button";
import { standingQuery } from "@/lib/billing/client";
import { type OpenPortal, PortalButton } from "./manage-subscription";

/** On every page while the subscription is unpaid. It cannot be dismissed, and covers nothing. */
export function OverdueBanner({ portal }: { readonly portal: OpenPortal }) {
  const { data } = useQuery(standingQuery());
  if (!data?.overdue) return null;
  const { update, paused, supportUrl } = data;
  return (
    <div className="border-b py-3">
      <div className="mx-auto max-w-4xl px-4 sm:px-8">
        <Banner
          tone="bad"
          title={
            paused ? "Your subscription is paused." : "Your last subscription payment did not go through."
          }
          action={
            update === "portal" ? (
              <PortalButton open={portal}>Update Payment</PortalButton>
            ) : (
              update === "support" && (
                <a href={supportUrl} className={buttonStyle({ size: "sm" })}>
                  Contact Torqueflow support
                </a>
              )
            )
          }
        >
          {update === null
            ? "Contact your account owner to resolve."
            : `Until it is ${paused ? "resumed" : "paid"}, no new monthly credits are added.`}
        </Banner>
      </div>
    </div>
  );
}
