"use client";

import { type ReactNode, useEffect } from "react";
import type { FieldValues } from "react-hook-form";
import { useSettingsForm } from "@/components/settings/use-settings-form";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { AccountName } from "./account-name";
import { type FieldSpec, Fields } from "./fields";

type DialogFormProps<Values extends FieldValues> = {
  readonly id: string;
  readonly email: string;
  /** Empty fields. */
  readonly values: Values;
  readonly fields: readonly FieldSpec<Values>[];
  readonly label: string;
  readonly busyLabel: string;
  readonly variant?: "primary" | "danger";
  /** Sends the form. Throws an ApiError, which names the field at fault where there is one. */
  readonly send: (values: Values) => Promise<unknown>;
  readonly onCancel: () => void;
  readonly children?: ReactNode;
};

/** A form in a dialog: what it is about, its fields, Cancel and the button that does it. */
export function DialogForm<Values extends FieldValues>(props: DialogFormProps<Values>) {
  const {
    id,
    email,
    values,
    fields,
    label,
    busyLabel,
    variant = "primary",
    send,
    onCancel,
    children,
  } = props;
  const form = useSettingsForm<Values>({ values, save: send, saved: null, empties: true });
  const { isSubmitting, errors } = form.formState;
  const { setFocus } = form;
  const first = fields[0]?.name;
  // A dialog whose next step this is had the focus on a button that is gone.
  useEffect(() => {
    if (first) setFocus(first);
  }, [first, setFocus]);
  return (
    <form noValidate className="mt-3 grid gap-4" onSubmit={form.submit}>
      {errors.root?.message && <Banner tone="bad" title={errors.root.message} urgent />}
      {children}
      <AccountName email={email} />
      <Fields id={id} form={form} fields={fields} />
      <div className="mt-1 flex flex-wrap justify-end gap-2">
        <Button disabled={isSubmitting} onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" variant={variant} aria-busy={isSubmitting} aria-disabled={isSubmitting}>
          {isSubmitting ? busyLabel : label}
        </Button>
      </div>
    </form>
  );
}
