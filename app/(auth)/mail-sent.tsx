"use client";

import { type ReactNode, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import type { Refusal } from "./auth-form";
import { AuthHeading } from "./auth-heading";

type MailSentProps = {
  /** What the mail is about, and how long its link works. */
  readonly children: ReactNode;
  readonly isDemo: boolean;
  readonly sendAgain: () => Promise<Refusal>;
  /** Back to the form, where there is one. */
  readonly onBack?: () => void;
};

/** Says the same whether the address is known or not. */
export function MailSent({ children, isDemo, sendAgain, onBack }: MailSentProps) {
  const [state, setState] = useState<"idle" | "busy" | "sent">("idle");
  const [failure, setFailure] = useState<string>();
  const again = async () => {
    setState("busy");
    setFailure(undefined);
    const refusal = await sendAgain();
    setFailure(refusal?.message);
    setState(refusal ? "idle" : "sent");
  };
  return (
    <>
      <AuthHeading title="Check your email" arrived>
        <p>{children}</p>
        <p>Nothing there after a few minutes? Look among your spam, or have it sent again.</p>
        {isDemo && <p>In this demo, emails arrive on the customer’s page, under “Mail”.</p>}
      </AuthHeading>
      <div className="mt-6 grid gap-3">
        {failure && <Banner tone="bad" title={failure} urgent />}
        {state === "sent" && <Banner tone="good" title="Sent again" />}
        <Button
          size="lg"
          disabled={state === "busy"}
          aria-busy={state === "busy"}
          onClick={() => void again()}
        >
          {state === "busy" ? "Sending…" : "Send again"}
        </Button>
        {onBack && (
          <Button variant="ghost" size="lg" onClick={onBack}>
            Use another address
          </Button>
        )}
      </div>
    </>
  );
}
