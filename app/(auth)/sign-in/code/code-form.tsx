"use client";

import { useState } from "react";
import { sendApi } from "@/components/layout/api";
import { Button } from "@/components/ui/button";
import { checkAnyCode, checkAppCode } from "@/lib/auth/client";
import { AuthForm, type FormField } from "../../auth-form";
import { sendForm } from "../../auth-request";

const OF_THE_APP: FormField = {
  name: "code",
  label: "Code",
  type: "text",
  autoComplete: "one-time-code",
  inputMode: "numeric",
  hint: "The 6 digits that your authenticator app shows",
  check: checkAppCode,
};

const OF_RECOVERY: FormField = {
  name: "code",
  label: "Recovery code",
  type: "text",
  autoComplete: "off",
  hint: "One of those you kept when you set up your app, such as k7mqx-2tfhw",
  check: checkAnyCode,
};

/** `next`: where the visitor was going. */
export function CodeForm({ next }: { readonly next: string }) {
  const [isRecovery, setIsRecovery] = useState(false);
  return (
    <>
      <AuthForm
        key={isRecovery ? "recovery" : "app"}
        fields={[isRecovery ? OF_RECOVERY : OF_THE_APP]}
        submitLabel="Sign in"
        busyLabel="Signing in…"
        submit={({ code }) => sendForm(() => sendApi("/api/auth/sign-in/code", { code }), next)}
      />
      <Button className="mt-3 w-full" size="lg" onClick={() => setIsRecovery(!isRecovery)}>
        {isRecovery ? "Use a code from the app instead" : "Use a recovery code instead"}
      </Button>
    </>
  );
}
