"use client";

import { sendApi } from "@/components/layout/api";
import { checkGarageName } from "@/lib/garage/garage-name";
import { AuthForm, type FormField } from "../auth-form";
import { sendForm } from "../auth-request";

const FIELDS: readonly FormField[] = [
  {
    name: "garageName",
    label: "Garage name",
    type: "text",
    autoComplete: "organization",
    hint: "A free trial with AI credits. No card is needed.",
    check: (value) => checkGarageName(value),
  },
];

/** A trial garage for who is signed in already. */
export function StartGarage() {
  return (
    <AuthForm
      fields={FIELDS}
      submitLabel="Start a free trial"
      busyLabel="Creating your garage…"
      submit={({ garageName = "" }) =>
        sendForm(() => sendApi("/api/garages", { garageName: garageName.trim() }), "/")
      }
    />
  );
}
