import type { ReactNode } from "react";
import { buttonStyle } from "@/components/ui/button";
import { useFormatDay } from "@/components/ui/use-now";
import type { SubscriptionDto } from "@/lib/billing/client";
import { AmountDue } from "./amount-due";
import { type OpenPortal, PortalButton } from "./manage-subscription";
import { Step } from "./step";

type PartProps = { readonly subscription: SubscriptionDto; readonly portal: OpenPortal };

type NextStepProps = PartProps & {
  /** There is a plan to choose. */
  readonly sold: boolean;
};

/** What to do about a subscription that is unpaid, paused, ends, or has ended. */
export function NextStep({ subscription, sold, portal }: NextStepProps) {
  const day = useFormatDay();
  const { state, endsAt, manage } = subscription;
  switch (state) {
    case "demo":
      return (
        <Step text="This is a demo garage: its AI credits are unlimited, so there is nothing to pay or to top up." />
      );
    case "past_due":
      return (
        <>
          <Unpaid subscription={subscription} portal={portal} />
          <Ending subscription={subscription} portal={portal} />
        </>
      );
    case "canceled":
      return (
        <Step
          text={`${endsAt ? `Your subscription ended on ${day(endsAt)}.` : "Your subscription has ended."} Credits you still have keep working until they are used or expire.${manage === "choose" && sold ? " Choose a plan below to subscribe again." : ""}`}
        >
          {manage === "support" && <ToSupport {...subscription} />}
        </Step>
      );
    case "trial":
    case "active":
    case "grandfathered":
      return <Ending subscription={subscription} portal={portal} />;
  }
}

function Unpaid({ subscription, portal }: PartProps) {
  const { due, paused, card, endsAt, manage } = subscription;
  if (paused)
    return (
      <Step
        title="Your subscription is paused"
        text="Credits you still have keep working. Torqueflow support can resume it; no new credits are added until then."
      >
        {manage && <ToSupport {...subscription} />}
      </Step>
    );
  // Who has cancelled is not told when the next credits come.
  const credits = endsAt
    ? "Credits you still have keep working."
    : "Credits you still have keep working; new ones follow once it is paid.";
  const update =
    manage === "portal" ? (
      <PortalButton open={portal}>Update Payment</PortalButton>
    ) : (
      manage === "support" && <ToSupport {...subscription} />
    );
  if (due)
    return (
      <AmountDue due={due} card={card} credits={credits}>
        {update}
      </AmountDue>
    );
  return <Step text={`Your last payment did not go through. ${credits}`}>{update}</Step>;
}

function Ending({ subscription, portal }: PartProps) {
  const day = useFormatDay();
  const { endsAt, manage } = subscription;
  if (endsAt === null) return null;
  return (
    <Step title={`Ends on ${day(endsAt)}`} text={endingText(subscription)}>
      {manage === "portal" && <PortalButton open={portal}>Resume Subscription</PortalButton>}
    </Step>
  );
}

function endingText({ state, due, renewsAt, endsAt }: SubscriptionDto): string {
  if (state === "trial") return "Your trial goes on until then. Resume your subscription to go on after it.";
  if (state === "past_due")
    return due
      ? "To get monthly credits again, resume your subscription and pay what is due."
      : "To get monthly credits again, resume your subscription.";
  return renewsAt && endsAt && renewsAt < endsAt
    ? "Monthly credits are added until then. Resume your subscription to keep them."
    : "No more monthly credits are added. Resume your subscription to keep them.";
}

const ToSupport = ({ supportUrl }: Pick<SubscriptionDto, "supportUrl">): ReactNode => (
  <a href={supportUrl} className={buttonStyle({ size: "sm" })}>
    Contact Torqueflow support
  </a>
);
