"use client";

import type { HTMLInputAutoCompleteAttribute, HTMLInputTypeAttribute } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PasswordInput } from "@/components/ui/password-input";

export type FieldSpec<Values extends FieldValues> = {
  readonly name: FieldPath<Values>;
  readonly label: string;
  readonly type: HTMLInputTypeAttribute;
  readonly autoComplete: HTMLInputAutoCompleteAttribute;
  readonly hint?: string;
  /** What is typed here are digits. */
  readonly digits?: boolean | undefined;
  /** Says what is wrong with a value, in words for the field. */
  readonly check: (value: string) => string | undefined;
};

type FieldsProps<Values extends FieldValues> = {
  /** Of the form, unique on its page. */
  readonly id: string;
  readonly form: UseFormReturn<Values>;
  readonly fields: readonly FieldSpec<Values>[];
};

/** The fields of a form one below the other, each with what is wrong with it. */
export function Fields<Values extends FieldValues>({ id, form, fields }: FieldsProps<Values>) {
  const { errors } = form.formState;
  return (
    <div className="grid max-w-sm gap-4 in-[dialog]:max-w-none">
      {fields.map(({ name, label, type, autoComplete, hint, digits, check }) => {
        const error = errors[name]?.message?.toString();
        const fieldId = `${id}-${name}`;
        const input = {
          autoComplete,
          inputMode: digits ? ("numeric" as const) : undefined,
          spellCheck: false,
          ...form.register(name, { validate: (value) => check(String(value)) ?? true }),
          ...describedBy({ id: fieldId, hint, error }),
        };
        return (
          <Field key={name} id={fieldId} label={label} hint={hint} error={error}>
            {type === "password" ? <PasswordInput {...input} /> : <Input type={type} {...input} />}
          </Field>
        );
      })}
    </div>
  );
}
