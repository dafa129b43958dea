"use client";

import { sendApi } from "@/components/layout/api";
import { checkEmail, checkName, checkNewPassword, PASSWORD_HINT } from "@/lib/auth/client";
import { checkGarageName } from "@/lib/garage/garage-name";
import { AskForMail } from "../ask-for-mail";
import type { FormField } from "../auth-form";
import { refusalOf } from "../auth-request";

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
    check: (value) => checkGarageName(value),
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
  return (
    <AskForMail
      title="Start a free trial"
      intro="Your trial includes free AI credits. No card is needed."
      fields={FIELDS}
      submitLabel="Start trial"
      ask={({ name = "", garageName = "", email = "", password = "" }) =>
        refusalOf(() =>
          sendApi("/api/sign-up", {
            name: name.trim(),
            garageName: garageName.trim(),
            email: email.trim(),
            password,
            next,
          }),
        )
      }
      sentTo={(email) => (
        <>
          We have written to {email}. Follow the link in that email to start your trial; it works for 24
          hours. In another browser than this one, it asks for a password again.
        </>
      )}
      instead="Already have an account?"
      next={next}
      isDemo={isDemo}
    />
  );
}
