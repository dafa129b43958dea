"use client";

import { useState } from "react";
import { sendApi } from "@/components/layout/api";
import type { EmailChange } from "@/lib/auth/confirm-email-change";
import { AuthHeading } from "../auth-heading";
import { refusalOf } from "../auth-request";
import { DeadLink, LookingAtLink } from "../link-states";
import { Press } from "../press";
import { useLink } from "../use-link";
import { WHY } from "./why-dead";

const HOME = { label: "Go to Torqueflow", href: "/" };
const ACCOUNT = { label: "Go to My account", href: "/settings/account" };

export function ConfirmEmail() {
  const { token, view, failure, look } = useLink("email-change");
  const [done, setDone] = useState<EmailChange>();
  if (done)
    return done.kind === "changed" ? (
      <DeadLink
        title="Your address has changed"
        words={`You sign in as ${done.newEmail} from now on. Where you are signed in, you stay so.`}
        action={HOME}
      />
    ) : (
      <DeadLink
        title="One more to go"
        words={`This address is confirmed. The change to ${done.newEmail} is made once the link in the other email has been followed, too.`}
        action={HOME}
      />
    );
  if (!view) return <LookingAtLink failure={failure} look={look} />;
  if (view.state !== "live") {
    const [title, words] = WHY[view.state];
    return <DeadLink title={title} words={words} action={ACCOUNT} />;
  }
  return (
    <>
      <AuthHeading title="Confirm another address">
        <p>
          Somebody, probably you, wants to sign in to Torqueflow as{" "}
          <span className="break-words font-medium text-ink">{view.newEmail}</span> from now on.
        </p>
        <p>If you have not asked for it, close this page: nothing happens then.</p>
      </AuthHeading>
      <Press
        label="Confirm the change"
        busyLabel="Confirming…"
        act={async () => {
          const refusal = await refusalOf(async () =>
            setDone(await sendApi<EmailChange>("/api/confirm-email", { token })),
          );
          if (refusal) look();
          return refusal;
        }}
      />
    </>
  );
}
