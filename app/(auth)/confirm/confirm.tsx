"use client";

import { useState } from "react";
import { AccountName } from "@/components/account/account-name";
import { sendApi } from "@/components/layout/api";
import { checkNewPassword, PASSWORD_HINT } from "@/lib/auth/client";
import { AuthForm, type FormField, type Values } from "../auth-form";
import { AuthHeading } from "../auth-heading";
import { goOn, type Opened, refusalOf } from "../auth-request";
import { DeadLink, LookingAtLink } from "../link-states";
import { MailSent } from "../mail-sent";
import { Press } from "../press";
import { useLink } from "../use-link";

const PASSWORD: readonly FormField[] = [
  {
    name: "password",
    label: "Password",
    type: "password",
    autoComplete: "new-password",
    hint: PASSWORD_HINT,
    check: checkNewPassword,
  },
];

const START = "Start your trial";
const STARTING = "Creating your garage…";

const HOME = { label: "Go to Torqueflow", href: "/" };

/** Starts the trial that was asked for, once its button is pressed; in another browser, with a password that is chosen here. */
export function Confirm({ isDemo }: { isDemo: boolean }) {
  const { token, view, failure, look } = useLink("sign-up");
  const [isSentAgain, setIsSentAgain] = useState(false);
  const sendAgain = () => refusalOf(() => sendApi("/api/sign-up/again", { token }));
  const start = async ({ password }: Values) => {
    const refusal = await refusalOf(async () =>
      goOn(await sendApi<Opened>("/api/sign-up/confirm", { token, password })),
    );
    // Used or taken meanwhile, or the browser is not known any more: the page says what it is now.
    if (refusal && !(refusal.field && password)) look();
    return refusal;
  };
  if (!view) return <LookingAtLink failure={failure} look={look} />;
  if (isSentAgain)
    return (
      <MailSent isDemo={isDemo} sendAgain={sendAgain}>
        We have sent a new link to <Strong>{view.email}</Strong>; it works for 24 hours.
      </MailSent>
    );
  switch (view.state) {
    case "live":
      return (
        <>
          <AuthHeading title="Confirm your email address">
            <p>
              You are about to start a free trial for <Strong>{view.garageName}</Strong> as{" "}
              <Strong>{view.name}</Strong>, and to sign in as <Strong>{view.email}</Strong>.
            </p>
            <p>If you have not asked for it, close this page: nothing happens then.</p>
            {view.choosesPassword && <p>You opened this in another browser: choose your password.</p>}
          </AuthHeading>
          {view.choosesPassword ? (
            <AuthForm fields={PASSWORD} submitLabel={START} busyLabel={STARTING} submit={start}>
              <AccountName email={view.email ?? ""} />
            </AuthForm>
          ) : (
            <Press label={START} busyLabel={STARTING} act={() => start({})} />
          )}
        </>
      );
    case "expired":
      return (
        <>
          <AuthHeading title="This link has expired" arrived>
            <p>
              It worked for 24 hours. Have a new one sent to <Strong>{view.email}</Strong>: what you entered
              is still here.
            </p>
          </AuthHeading>
          <Press
            label="Send a new link"
            busyLabel="Sending you an email…"
            act={async () => {
              const refusal = await sendAgain();
              if (!refusal) setIsSentAgain(true);
              return refusal;
            }}
          />
        </>
      );
    case "used":
      return (
        <DeadLink
          title="This link has been used"
          words={`Your garage is there. Sign in as ${view.email} with the password that you chose.`}
          action={HOME}
        />
      );
    case "withdrawn":
      return (
        <DeadLink
          title="This link no longer works"
          words={`Another link to ${view.email} was used, or has been sent since. If your garage is there, sign in; otherwise use the latest email.`}
          action={HOME}
        />
      );
    case "taken":
      return (
        <DeadLink
          title="You already have an account"
          words={`${view.email} has an account by now, so no second one is made. Sign in with its password; if you don’t remember it, the sign-in page helps.`}
          action={{ label: "Sign in", href: "/sign-in" }}
        />
      );
    case "unknown":
      return (
        <DeadLink
          title="This link is incomplete"
          words="Part of its address may be missing, or it is more than a week old. Open it from the email again, or ask for a new one."
          action={{ label: "Start a free trial", href: "/sign-up" }}
        />
      );
  }
}

const Strong = ({ children }: { children: string | undefined }) => (
  <span className="break-words font-medium text-ink">{children}</span>
);
