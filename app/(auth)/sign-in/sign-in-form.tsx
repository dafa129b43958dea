"use client";

import { sendApi } from "@/components/layout/api";
import { PageLink } from "@/components/ui/page-link";
import { checkEmail } from "@/lib/auth/client";
import { AuthForm, type FormField } from "../auth-form";
import { TEXT_LINK } from "../auth-heading";
import { leadingTo, sendForm } from "../auth-request";

const FIELDS: readonly FormField[] = [
  { name: "email", label: "Email", type: "email", autoComplete: "username", check: checkEmail },
  {
    name: "password",
    label: "Password",
    type: "password",
    autoComplete: "current-password",
    check: (value) => (value ? undefined : "Enter your password"),
  },
];

/** `next`: where the visitor was going. */
export function SignInForm({ next }: { next: string }) {
  return (
    <AuthForm
      fields={FIELDS}
      submitLabel="Sign in"
      busyLabel="Signing in…"
      submit={({ email = "", password }) =>
        sendForm(() => sendApi("/api/auth/sign-in/email", { email: email.trim(), password }), next)
      }
    >
      <PageLink
        href={leadingTo("/forgot-password", next)}
        className={`-mt-1 justify-self-start text-sm ${TEXT_LINK}`}
      >
        Forgotten your password?
      </PageLink>
    </AuthForm>
  );
}
