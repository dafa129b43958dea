"use client";

import { useEffect, useRef } from "react";
import {
  type DefaultValues,
  type FieldPath,
  type FieldValues,
  type Path,
  type PathValue,
  type UseFormReturn,
  useForm,
} from "react-hook-form";
import { ApiError, WENT_WRONG } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";

type SettingsForm<Values extends FieldValues, Answer> = {
  /** What is stored. What somebody else has changed replaces fields that are untouched here. */
  readonly values: Values;
  /** Sends the form. Throws an ApiError, which names the field at fault where there is one. */
  readonly save: (values: Values) => Promise<Answer>;
  /** What is stored then, by the answer, where that is not what was typed. */
  readonly stored?: (answer: Answer) => Values;
  /** What is said once it is saved; null where the page itself shows it. */
  readonly saved: string | null;
  /** It is empty once it is sent, as where passwords are typed. */
  readonly empties?: true;
};

export type SettingsFormState<Values extends FieldValues> = UseFormReturn<Values> & {
  /** For the form's `onSubmit`. */
  readonly submit: (event: React.FormEvent) => void;
};

/** Fields are registered as they are rendered, which the compiler skips where nothing has changed: a reset must not forget them. */
const KEEP_FIELDS = { keepFieldsRef: true } as const;

/** Whether two values of a field are the same: fields hold what JSON holds. */
export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/**
 * A form whose fields are checked as they are left, saved whole, and told where the server refused. Leaving the page with
 * something unsaved asks first.
 */
export function useSettingsForm<Values extends FieldValues, Answer = unknown>({
  values,
  save,
  stored,
  saved,
  empties,
}: SettingsForm<Values, Answer>): SettingsFormState<Values> {
  const form = useForm<Values>({
    mode: "onTouched",
    defaultValues: values as DefaultValues<Values>,
  });
  const { isDirty } = form.formState;

  // The library has this too (`values`), but goes on taking what was saved before for typed.
  const known = useRef(values);
  /** What stands in fields that nobody has touched. */
  const untouched = useRef(values);
  useEffect(() => {
    if (isSame(values, known.current)) return;
    const typed = form.getValues();
    const before = untouched.current;
    known.current = values;
    untouched.current = values;
    form.reset(values, { ...KEEP_FIELDS, keepErrors: true, keepIsSubmitted: true });
    for (const name of Object.keys(values) as Path<Values>[])
      if (!isSame(typed[name], before[name]))
        form.setValue(name, typed[name] as PathValue<Values, Path<Values>>, { shouldDirty: true });
  }, [form, values]);

  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isDirty]);

  const send = form.handleSubmit(async (entered) => {
    try {
      const answer = await save(entered);
      const next = empties ? values : (stored?.(answer) ?? entered);
      untouched.current = next;
      form.reset(next, KEEP_FIELDS);
      if (saved !== null) toast.success(saved);
    } catch (error) {
      const { message, field } = error instanceof ApiError ? error : { message: WENT_WRONG };
      // A part of a field is named with its place in it, such as `services.2`.
      const isOurs = field !== undefined && (field.split(".")[0] ?? "") in entered;
      form.setError(isOurs ? (field as FieldPath<Values>) : "root", { message }, { shouldFocus: isOurs });
    }
  });
  const reset: typeof form.reset = (to, options) => form.reset(to, { ...KEEP_FIELDS, ...options });
  return { ...form, reset, submit: (event) => void send(event) };
}
