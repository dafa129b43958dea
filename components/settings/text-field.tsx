"use client";

import type { ComponentProps } from "react";
import { describedBy, Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";

type TextFieldProps = {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** What somebody else has stored meanwhile, where something else is typed here. */
  readonly meanwhile?: string | undefined;
};

const hintOf = ({ hint, meanwhile }: Pick<TextFieldProps, "hint" | "meanwhile">) =>
  meanwhile === undefined ? hint : `Stored now: ${meanwhile === "" ? "nothing" : meanwhile}`;

/** A labelled line of text with its hint or its error. */
export function TextField({
  id,
  label,
  hint,
  error,
  meanwhile,
  ...input
}: TextFieldProps & ComponentProps<"input">) {
  const said = hintOf({ hint, meanwhile });
  return (
    <Field id={id} label={label} hint={said} error={error}>
      <Input {...input} {...describedBy({ id, hint: said, error })} />
    </Field>
  );
}

/** The same for several lines. */
export function TextAreaField({
  id,
  label,
  hint,
  error,
  meanwhile,
  ...area
}: TextFieldProps & ComponentProps<"textarea">) {
  const said = hintOf({ hint, meanwhile });
  return (
    <Field id={id} label={label} hint={said} error={error}>
      <Textarea {...area} {...describedBy({ id, hint: said, error })} />
    </Field>
  );
}

type SelectFieldProps = TextFieldProps & {
  readonly options: readonly { readonly id: string; readonly label: string }[];
};

/** The same for a choice among `options`, by their ids. */
export function SelectField({
  id,
  label,
  hint,
  error,
  meanwhile,
  options,
  ...select
}: SelectFieldProps & ComponentProps<"select">) {
  const stored = options.find((option) => option.id === meanwhile)?.label ?? meanwhile;
  const said = hintOf({ hint, meanwhile: stored });
  return (
    <Field id={id} label={label} hint={said} error={error}>
      <Select {...select} {...describedBy({ id, hint: said, error })}>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </Select>
    </Field>
  );
}
