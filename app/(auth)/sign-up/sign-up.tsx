"use client";

import Link from "next/link";
import { useState } from "react";
import { sendApi } from "@/components/layout/api";
import { checkEmail, checkName, checkNewPassword, PASSWORD_HINT } from "@/lib/auth/client";
import { AuthForm, type FormField, type Values } from "../auth-form";
import { AuthHeading, TEXT_LINK } from "../auth-heading";
import { leadingTo, refusalOf } from "../auth-request";
import { MailSent } from "../mail-sent";

const FIELDS: readonly FormField[] = [
  {
    name: "name",
    label: "Your name",
    type: "text",
    autoComplete: "name",
    check: checkName,
  },
  {
    name: "garageName",
    label: "Garage name",
    type: "text",
    autoComplete: "organization",
    check: (value) => checkName(value, "Enter your garage’s name"),
  },
  { name: "email", label: "Email", type: "email", autoComplete: "username", check: checkEmail },
  {
    name: "password",
    label: "Password",
    type: "password",
    autoComplete: "new-password",
    hint: PASSWORD_HINT,
    check: checkNewPassword,
  },
];

type SignUpProps = {
  /** Where the visitor was going. */
  readonly next: string;
  readonly isDemo: boolean;
};

/** Asks for a trial: nothing of it exists before the mailed link is followed. */
export function SignUp({ next, isDemo }: SignUpProps) {
  const [typed, setTyped] = useState<Values>();
  const [isSent, setIsSent] = useState(false);
  const ask = ({ name = "", garageName = "", email = "", password = "" }: Values) =>
    refusalOf(() =>
      sendApi("/api/sign-up", {
        name: name.trim(),
        garageName: garageName.trim(),
        email: email.trim(),
        password,
        next,
      }),
    );
  if (isSent && typed)
    return (
      <MailSent isDemo={isDemo} sendAgain={() => ask(typed)} onBack={() => setIsSent(false)}>
        We have written to <span className="break-words font-medium text-ink">{typed.email?.trim()}</span>.
        Follow the link in that mail to start your trial; it works for 24 hours. In another browser than this
        one, it asks for a password again.
      </MailSent>
    );
  return (
    <>
      <AuthHeading title="Start a free trial" arrived={typed !== undefined}>
        <p>Your trial includes free AI credits. No card is needed.</p>
      </AuthHeading>
      <AuthForm
        fields={FIELDS}
        values={typed}
        submitLabel="Start trial"
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
        Already have an account?{" "}
        <Link href={leadingTo("/sign-in", next)} className={TEXT_LINK}>
          Sign in
        </Link>
      </p>
    </>
  );
}
