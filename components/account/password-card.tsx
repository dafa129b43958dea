"use client";

import { useQueryClient } from "@tanstack/react-query";
import KeyRound from "lucide-react/icons/key-round";
import { sendApi } from "@/components/layout/api";
import { SaveBar } from "@/components/settings/save-bar";
import { useSettingsForm } from "@/components/settings/use-settings-form";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { checkNewPassword, checkPresentPassword, PASSWORD_HINT, sessionsQuery } from "@/lib/auth/client";
import { AccountName } from "./account-name";
import { type FieldSpec, Fields } from "./fields";

type Values = { current: string; password: string };

const EMPTY: Values = { current: "", password: "" };

const FIELDS: readonly FieldSpec<Values>[] = [
  {
    name: "current",
    label: "Current password",
    type: "password",
    autoComplete: "current-password",
    check: checkPresentPassword,
  },
  {
    name: "password",
    label: "New password",
    type: "password",
    autoComplete: "new-password",
    hint: `${PASSWORD_HINT}. Three or four words that do not belong together are best.`,
    check: checkNewPassword,
  },
];

/** Another password. */
export function PasswordCard({ email }: { readonly email: string }) {
  const queries = useQueryClient();
  const form = useSettingsForm<Values>({
    values: EMPTY,
    saved: "Password changed. You are signed out everywhere else.",
    empties: true,
    save: async (values) => {
      await sendApi("/api/settings/account/password", values);
      await queries.invalidateQueries({ queryKey: sessionsQuery().queryKey });
    },
  });
  const { isDirty, isSubmitting, errors } = form.formState;
  return (
    <Card labelledBy="password-title">
      <CardHeader
        id="password-title"
        title="Password"
        icon={<KeyRound aria-hidden />}
        description="Changing it signs you out everywhere but here, and we tell you by email."
      />
      <form noValidate onSubmit={form.submit}>
        <CardBody>
          <AccountName email={email} />
          <Fields id="password" form={form} fields={FIELDS} />
        </CardBody>
        <SaveBar
          isDirty={isDirty}
          isSaving={isSubmitting}
          error={errors.root?.message}
          label="Change password"
        />
      </form>
    </Card>
  );
}
