import { HelpLink } from "@/components/layout/help";
import type { CallDto } from "@/lib/calls/client";

/** Why a call was not answered by the full AI, and how the two reasons differ; nothing for a call that was. */
export function WhyNotFull({ call: { isFallback, degradationReason } }: { call: CallDto }) {
  if (isFallback)
    return (
      <>
        <p>
          The static webhook fallback answered: our systems did not answer the call in time. It is an
          infrastructure timeout, not credit exhaustion, and your credits have nothing to do with it.
        </p>
        <HelpLink page="troubleshooting/ai-not-responding">How the two differ</HelpLink>
      </>
    );
  if (degradationReason === null) return null;
  return (
    <>
      <p>
        {degradationReason === "trial-cap"
          ? "The trial’s cost cap was reached before this call came in, so the message-taker answered it. It is no fault of our systems: full answers return with a paid plan."
          : "The credits had run out before this call came in, so the message-taker answered it. It is no fault of our systems: full answers return as soon as credits are topped up."}
      </p>
      <HelpLink page="finance/ai-credits">How AI credits work</HelpLink>
    </>
  );
}
