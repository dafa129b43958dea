"use client";

import Link from "next/link";
import { useState } from "react";
import { sendApi } from "@/components/layout/api";
import { checkEmail } from "@/lib/auth/client";
import { AuthForm, type FormField, type Values } from "../auth-form";
import { AuthHeading, TEXT_LINK } from "../auth-heading";
import { leadingTo, refusalOf } from "../auth-request";
import { MailSent } from "../mail-sent";

const FIELDS: readonly FormField[] = [
  { name: "email", label: "Email", type: "email", autoComplete: "username", check: checkEmail },
];

type ForgotPasswordProps = { readonly next: string; readonly isDemo: boolean };

export function ForgotPassword({ next, isDemo }: ForgotPasswordProps) {
  const [typed, setTyped] = useState<Values>();
  const [isSent, setIsSent] = useState(false);
  const ask = ({ email = "" }: Values) =>
    refusalOf(() => sendApi("/api/forgot-password", { email: email.trim(), next }));
  if (isSent && typed)
    return (
      <MailSent isDemo={isDemo} sendAgain={() => ask(typed)} onBack={() => setIsSent(false)}>
        If <span className="break-words font-medium text-ink">{typed.email?.trim()}</span> has an account, we
        have sent a link there to choose a new password; it works for an hour.
      </MailSent>
    );
  return (
    <>
      <AuthHeading title="Forgotten your password?" arrived={typed !== undefined}>
        <p>Enter the address that you sign in with. We’ll send you a link to choose a new password.</p>
      </AuthHeading>
      <AuthForm
        fields={FIELDS}
        values={typed}
        submitLabel="Send me a link"
        busyLabel="Sending you a mail…"
        submit={async (values) => {
          const refusal = await ask(values);
          if (refusal) return refusal;
          setTyped(values);
          setIsSent(true);
          return undefined;
        }}
      />
      <p className="mt-6 text-muted">
        Remembered it?{" "}
        <Link href={leadingTo("/sign-in", next)} className={TEXT_LINK}>
          Sign in
        </Link>
      </p>
    </>
  );
}
