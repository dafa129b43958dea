"use client";

import { useQueryClient } from "@tanstack/react-query";
import UserRound from "lucide-react/icons/user-round";
import { useRouter } from "next/navigation";
import { sendApi } from "@/components/layout/api";
import { SaveBar } from "@/components/settings/save-bar";
import { useSettingsForm } from "@/components/settings/use-settings-form";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { accountQuery, checkName } from "@/lib/auth/client";
import { type FieldSpec, Fields } from "./fields";

type Values = { name: string };

const FIELDS: readonly FieldSpec<Values>[] = [
  { name: "name", label: "Your name", type: "text", autoComplete: "name", check: checkName },
];

/** What colleagues know one by. */
export function NameCard({ name }: { readonly name: string }) {
  const queries = useQueryClient();
  const router = useRouter();
  const form = useSettingsForm<Values>({
    values: { name },
    saved: "Name saved",
    save: async (values) => {
      await sendApi("/api/settings/account/name", values);
      await queries.invalidateQueries({ queryKey: accountQuery().queryKey, exact: true });
      // It stands beside the navigation, which the server renders.
      router.refresh();
    },
  });
  const { isDirty, isSubmitting, errors } = form.formState;
  return (
    <Card labelledBy="name-title">
      <CardHeader
        id="name-title"
        title="Name"
        icon={<UserRound aria-hidden />}
        description="Your colleagues see it beside what you write and do."
      />
      <form noValidate onSubmit={form.submit}>
        <CardBody>
          <Fields id="own" form={form} fields={FIELDS} />
        </CardBody>
        <SaveBar
          isDirty={isDirty}
          isSaving={isSubmitting}
          error={errors.root?.message}
          onDiscard={() => form.reset()}
        />
      </form>
    </Card>
  );
}
