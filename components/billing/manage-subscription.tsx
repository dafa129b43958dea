"use client";

import type { ComponentProps } from "react";
import { buttonStyle } from "@/components/ui/button";
import type { SubscriptionDto } from "@/lib/billing/client";
import { CHOOSE_PLAN_ID } from "./card-ids";
import { JumpLink } from "./jump-link";
import { RedirectButton } from "./redirect-button";
import { type Redirect, useRedirect } from "./use-redirect";

/** Asks the server for the address of Stripe's portal. */
export type OpenPortal = () => Promise<Redirect>;

type PortalButtonProps = Pick<ComponentProps<typeof RedirectButton>, "children" | "variant"> & {
  readonly open: OpenPortal;
};

/** Leads to Stripe's portal: card, invoices, bays, cancelling and resuming. */
export function PortalButton({ open, ...button }: PortalButtonProps) {
  const { leave, leaving } = useRedirect();
  return (
    <RedirectButton
      size="sm"
      leaving={leaving !== null}
      onClick={() => void leave("portal", open)}
      {...button}
    />
  );
}

type ManageProps = Pick<SubscriptionDto, "manage" | "supportUrl"> & { readonly portal: OpenPortal };

/** Where a subscription is changed: Choose Your Plan, Stripe's portal, or support; nothing for who may not change it. */
export function ManageSubscription({ manage, supportUrl, portal }: ManageProps) {
  switch (manage) {
    case "choose":
      return <JumpLink to={CHOOSE_PLAN_ID}>Manage Subscription</JumpLink>;
    case "portal":
      return <PortalButton open={portal}>Manage Subscription</PortalButton>;
    case "support":
      return (
        <a href={supportUrl} className={buttonStyle({ size: "sm" })}>
          Manage Subscription
        </a>
      );
    case null:
      return null;
  }
}
