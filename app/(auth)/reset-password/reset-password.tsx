"use client";

import { AccountName } from "@/components/account/account-name";
import { sendApi } from "@/components/layout/api";
import { checkNewPassword, PASSWORD_HINT } from "@/lib/auth/client";
import { AuthForm, type FormField } from "../auth-form";
import { AuthHeading } from "../auth-heading";
import { goOn, type Opened, refusalOf } from "../auth-request";
import { DeadLink, LookingAtLink } from "../link-states";
import { useLink } from "../use-link";

const FIELDS: readonly FormField[] = [
  {
    name: "password",
    label: "New password",
    type: "password",
    autoComplete: "new-password",
    hint: PASSWORD_HINT,
    check: checkNewPassword,
  },
];

const WHY = {
  expired: ["This link has expired", "It worked for an hour. Have a new one sent to you."],
  used: [
    "This link has been used",
    "Your password was changed with it. If you don’t remember the new one, have another link sent to you.",
  ],
  withdrawn: [
    "This link no longer works",
    "A new password was chosen, or the account has another address since. Have a new link sent to you.",
  ],
  taken: ["This link no longer works", "Have a new one sent to you."],
  unknown: [
    "This link is incomplete",
    "Part of its address may be missing, or it is more than a week old. Open it from the email again, or have a new one sent to you.",
  ],
} as const;

export function ResetPassword() {
  const { token, view, failure, look } = useLink("password-reset");
  if (!view) return <LookingAtLink failure={failure} look={look} />;
  if (view.state !== "live") {
    const [title, words] = WHY[view.state];
    return (
      <DeadLink title={title} words={words} action={{ label: "Send a new link", href: "/forgot-password" }} />
    );
  }
  return (
    <>
      <AuthHeading title="Choose a new password">
        <p>
          For <span className="break-words font-medium text-ink">{view.email}</span>. Whoever is signed in
          with this account anywhere will be signed out.
        </p>
      </AuthHeading>
      <AuthForm
        fields={FIELDS}
        submitLabel="Save and sign in"
        busyLabel="Saving…"
        submit={({ password }) =>
          refusalOf(async () => goOn(await sendApi<Opened>("/api/reset-password", { token, password })))
        }
      >
        <AccountName email={view.email ?? ""} />
      </AuthForm>
    </>
  );
}
