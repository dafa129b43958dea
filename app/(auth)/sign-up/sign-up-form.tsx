"use client";

import { sendApi } from "@/components/layout/api";
import { isVisible } from "@/lib/shared/visible-text";
import { AuthForm, type FormField } from "../auth-form";
import { checkEmail, sendForm } from "../auth-request";

const MIN_PASSWORD = 10;
const MAX_PASSWORD = 128;
const MAX_NAME = 100;

const checkName = (value: string, missing: string): string | undefined =>
  !isVisible(value) ? missing : value.length > MAX_NAME ? `Use at most ${MAX_NAME} characters` : undefined;

function checkPassword({ length }: string): string | undefined {
  if (length < MIN_PASSWORD) return `Use at least ${MIN_PASSWORD} characters`;
  return length > MAX_PASSWORD ? `Use at most ${MAX_PASSWORD} characters` : undefined;
}

const FIELDS: readonly FormField[] = [
  {
    name: "name",
    label: "Your name",
    type: "text",
    autoComplete: "name",
    check: (value) => checkName(value, "Enter your name"),
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
    hint: `At least ${MIN_PASSWORD} characters`,
    check: checkPassword,
  },
];

/** Makes the account and its trial garage, and signs in. */
export function SignUpForm() {
  return (
    <AuthForm
      fields={FIELDS}
      submitLabel="Start trial"
      busyLabel="Creating your garage…"
      submit={({ name = "", garageName = "", email = "", password = "" }) => {
        const account = { email: email.trim(), password };
        const garage = { name: name.trim(), garageName: garageName.trim() };
        const create = async () => {
          await sendApi("/api/sign-up", { ...garage, ...account });
          return sendApi<null>("/api/auth/sign-in/email", account);
        };
        return sendForm(create, "/");
      }}
    />
  );
}
