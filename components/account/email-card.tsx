"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import AtSign from "lucide-react/icons/at-sign";
import { sendApi } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";
import { SaveBar } from "@/components/settings/save-bar";
import { useSettingsForm } from "@/components/settings/use-settings-form";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { useClock } from "@/components/ui/use-now";
import { type AccountDto, accountQuery, checkEmail, checkPresentPassword } from "@/lib/auth/client";
import { formatMoment } from "@/lib/shared/format";
import { AccountName } from "./account-name";
import { type FieldSpec, Fields } from "./fields";

type Values = { email: string; current: string };

const EMPTY: Values = { email: "", current: "" };
const PATH = "/api/settings/account/email";

const FIELDS: readonly FieldSpec<Values>[] = [
  { name: "email", label: "New email address", type: "email", autoComplete: "email", check: checkEmail },
  {
    name: "current",
    label: "Current password",
    type: "password",
    autoComplete: "current-password",
    check: checkPresentPassword,
  },
];

/** The address one signs in with, and another one that waits to be confirmed. */
export function EmailCard({ account: { email, emailChange } }: { readonly account: AccountDto }) {
  return (
    <Card labelledBy="email-title">
      <CardHeader
        id="email-title"
        title="Email address"
        icon={<AtSign aria-hidden />}
        description="You sign in with it, and your emails go there."
      />
      <p className="break-words px-5 pt-3 font-medium">{email}</p>
      {emailChange ? <Waiting email={email} change={emailChange} /> : <ChangeForm email={email} />}
    </Card>
  );
}

function ChangeForm({ email }: { readonly email: string }) {
  const queries = useQueryClient();
  const form = useSettingsForm<Values>({
    values: EMPTY,
    saved: "Check both mailboxes: each has a link to follow",
    empties: true,
    save: async (values) => {
      await sendApi(PATH, { ...values, email: values.email.trim() });
      await queries.invalidateQueries({ queryKey: accountQuery().queryKey, exact: true });
    },
  });
  const { isDirty, isSubmitting, errors } = form.formState;
  return (
    <form noValidate onSubmit={form.submit}>
      <CardBody>
        <AccountName email={email} />
        <Fields id="email" form={form} fields={FIELDS} />
        <p className="mt-3 max-w-prose text-muted text-sm">
          We send a link to both addresses. The address changes once both have been followed.
        </p>
      </CardBody>
      <SaveBar
        isDirty={isDirty}
        isSaving={isSubmitting}
        error={errors.root?.message}
        label="Change email address"
      />
    </form>
  );
}

type Change = NonNullable<AccountDto["emailChange"]>;

/** Which mailbox has a link that was not followed yet. */
function waitingWords(email: string, { newEmail, waitsFor }: Change): string {
  const both = waitsFor.length === 2;
  const which = both ? `${email} and ${newEmail}` : waitsFor[0] === "old" ? email : newEmail;
  return `Follow the link that we sent to ${which}. ${both ? "Nothing changes before both are followed." : "The other one is confirmed."}`;
}

function Waiting({ email, change }: { readonly email: string; readonly change: Change }) {
  const queries = useQueryClient();
  const now = useClock();
  const options = {
    onSettled: () => queries.invalidateQueries({ queryKey: accountQuery().queryKey, exact: true }),
    onError: (problem: Error) => toast.error(problem.message),
  };
  const resend = useMutation({
    ...options,
    mutationFn: () => sendApi(`${PATH}/resend`),
    onSuccess: () => toast.success("New links are on their way to both addresses"),
  });
  const cancel = useMutation({
    ...options,
    mutationFn: () => sendApi(`${PATH}/cancel`),
    onSuccess: () => toast.success("Your address stays as it is"),
  });
  const isBusy = resend.isPending || cancel.isPending;
  return (
    <div role="status" className="mx-5 mt-3 mb-5 rounded-md bg-sunken px-4 py-3">
      <p className="break-words font-medium">{`Waiting to become ${change.newEmail}`}</p>
      <p className="mt-1 break-words text-muted text-sm">{waitingWords(email, change)}</p>
      <p className="mt-1 text-muted text-sm" suppressHydrationWarning>
        {`The links work until ${formatMoment(change.expiresAt, now())}.`}
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="sm" disabled={isBusy} aria-busy={resend.isPending} onClick={() => resend.mutate()}>
          Send new links
        </Button>
        <Button size="sm" disabled={isBusy} aria-busy={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel the change
        </Button>
      </div>
    </div>
  );
}
