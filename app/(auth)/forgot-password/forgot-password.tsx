"use client";

import { sendApi } from "@/components/layout/api";
import { checkEmail } from "@/lib/auth/client";
import { AskForMail } from "../ask-for-mail";
import type { FormField } from "../auth-form";
import { refusalOf } from "../auth-request";

const FIELDS: readonly FormField[] = [
  { name: "email", label: "Email", type: "email", autoComplete: "username", check: checkEmail },
];

type ForgotPasswordProps = { readonly next: string; readonly isDemo: boolean };

export function ForgotPassword({ next, isDemo }: ForgotPasswordProps) {
  return (
    <AskForMail
      title="Forgotten your password?"
      intro="Enter the address that you sign in with. We’ll send you a link to choose a new password."
      fields={FIELDS}
      submitLabel="Send me a link"
      ask={({ email = "" }) =>
        refusalOf(() => sendApi("/api/forgot-password", { email: email.trim(), next }))
      }
      sentTo={(email) => (
        <>
          If {email} has an account, we have sent a link there to choose a new password; it works for an hour.
        </>
      )}
      instead="Remembered it?"
      next={next}
      isDemo={isDemo}
    />
  );
}
