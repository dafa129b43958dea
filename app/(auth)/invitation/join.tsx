"use client";

import { AccountName } from "@/components/account/account-name";
import { sendApi } from "@/components/layout/api";
import { checkName, checkNewPassword, PASSWORD_HINT } from "@/lib/auth/client";
import { AuthForm, type FormField } from "../auth-form";
import { goOn, type Opened, refusalOf } from "../auth-request";

const FIELDS: readonly FormField[] = [
  {
    name: "name",
    label: "Your name",
    type: "text",
    autoComplete: "name",
    check: checkName,
  },
  {
    name: "password",
    label: "Password",
    type: "password",
    autoComplete: "new-password",
    hint: PASSWORD_HINT,
    check: checkNewPassword,
  },
];

type JoinProps = { readonly token: string; readonly email: string; readonly look: () => void };

/** For whoever has no account yet: the link has shown that the address is theirs. */
export function Join({ token, email, look }: JoinProps) {
  return (
    <AuthForm
      fields={FIELDS}
      submitLabel="Join and sign in"
      busyLabel="Joining…"
      submit={async ({ name, password }) => {
        const refusal = await refusalOf(async () =>
          goOn(await sendApi<Opened>("/api/invitations/join", { token, name, password })),
        );
        // Used or withdrawn meanwhile, or the address has an account by now: the page says what it is.
        if (refusal && refusal.field === undefined) look();
        return refusal;
      }}
    >
      <p className="text-muted text-sm">
        You will sign in as <span className="break-words font-medium text-ink">{email}</span>.
      </p>
      <AccountName email={email} />
    </AuthForm>
  );
}
