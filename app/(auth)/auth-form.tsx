"use client";

import { type FormEvent, type ReactNode, useRef, useState } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";

export type FormField = {
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "email" | "password";
  readonly autoComplete: string;
  /** Which keys a phone offers. */
  readonly inputMode?: "numeric";
  readonly hint?: string;
  /** Says what is wrong with a value, in words for the field. */
  readonly check: (value: string) => string | undefined;
};

export type Values = Readonly<Record<string, string>>;

/** Why the server refused; undefined where the form succeeded and the page is about to change. */
export type Refusal = { readonly message: string; readonly field?: string | undefined } | undefined;

type AuthFormProps = {
  readonly fields: readonly FormField[];
  /** What stands in the fields at first. */
  readonly values?: Values | undefined;
  readonly submitLabel: string;
  readonly busyLabel: string;
  readonly submit: (values: Values) => Promise<Refusal>;
  readonly children?: ReactNode;
};

/** Checks each field, puts the focus on the first one at fault, and says what the server said. */
export function AuthForm({ fields, values: typed, submitLabel, busyLabel, submit, children }: AuthFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<Values>({});
  const [message, setMessage] = useState<string>();
  const [busy, setBusy] = useState(false);

  const refuse = (found: Values) => {
    setErrors(found);
    const first = fields.find(({ name }) => found[name])?.name;
    if (first) form.current?.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
  };

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const values = Object.fromEntries(fields.map(({ name }) => [name, String(data.get(name) ?? "")]));
    const found = fields.flatMap(({ name, check }) => {
      const error = check(values[name] ?? "");
      return error ? [[name, error] as const] : [];
    });
    setMessage(undefined);
    refuse(Object.fromEntries(found));
    if (found.length > 0) return;
    setBusy(true);
    const refusal = await submit(values);
    if (!refusal) return;
    setBusy(false);
    const atField = fields.some(({ name }) => name === refusal.field);
    if (refusal.field && atField) refuse({ [refusal.field]: refusal.message });
    else setMessage(refusal.message);
  };

  return (
    <form
      ref={form}
      noValidate
      method="post"
      className="mt-6 grid gap-4"
      onSubmit={(event) => void onSubmit(event)}
    >
      {message && <Banner tone="bad" title={message} urgent />}
      {fields.map(({ name, label, type, autoComplete, inputMode, hint }) => {
        const error = errors[name];
        const input = {
          name,
          autoComplete,
          inputMode,
          required: true,
          defaultValue: typed?.[name],
          ...describedBy({ id: name, hint, error }),
        };
        return (
          <Field key={name} id={name} label={label} hint={hint} error={error}>
            {type === "password" ? <PasswordInput {...input} /> : <Input type={type} {...input} />}
          </Field>
        );
      })}
      {children}
      <Button type="submit" variant="primary" size="lg" className="mt-1" disabled={busy} aria-busy={busy}>
        {busy ? busyLabel : submitLabel}
      </Button>
    </form>
  );
}
