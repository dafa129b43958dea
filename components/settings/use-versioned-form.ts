"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { FieldPath, FieldValues } from "react-hook-form";
import { ApiError, readApi, sendApi } from "@/components/layout/api";
import { useKeptTyping } from "./use-kept-typing";
import { useReadVersion } from "./use-read-version";
import { useSettingsForm } from "./use-settings-form";

const CHANGED =
  "Somebody has changed this meanwhile. What you typed is kept, and the rest shows what is stored now. Save again to replace it.";

type Versioned = { readonly version: number };

type VersionedForm<Values, Stored> = {
  /** Of the settings, whose path in the API it is. */
  readonly queryKey: QueryKey;
  readonly settings: Stored;
  /** What of the settings stands in the form. */
  readonly valuesOf: (settings: Stored) => Values;
  /** What is said once it is saved. */
  readonly saved: string;
};

/** The names of the fields that are typed or chosen. */
type TextName<Values extends FieldValues> = FieldPath<Values> &
  { [Name in keyof Values]: Values[Name] extends string ? Name : never }[keyof Values];

/**
 * A form of settings that are saved whole, under the version that they were read from. Where somebody has changed them since, what
 * is stored now is shown (`isChanged`), and the next save replaces it. `text` connects a field by its name, with its check;
 * `saveBar` is for the form's end.
 */
export function useVersionedForm<Values extends FieldValues, Stored extends Values & Versioned>({
  queryKey,
  settings,
  valuesOf,
  saved,
}: VersionedForm<Values, Stored>) {
  const { save, isChanged, tellChanged, follow } = useVersionedSave(queryKey, settings);
  const values = valuesOf(settings);
  const form = useSettingsForm<Values, Stored>({ values, save, stored: valuesOf, saved });
  const { formState, getFieldState, register } = form;
  const { errors, isDirty, isSubmitting } = formState;
  follow(isDirty);
  useKeptTyping(form, queryKey.join("/"), values, tellChanged);
  const text = (name: TextName<Values>, check?: (typed: string) => string | undefined) => {
    const { error, isDirty: isTyped } = getFieldState(name, formState);
    const stored = String(settings[name]);
    return {
      id: name,
      error: error?.message,
      /** What somebody else has stored meanwhile, where something else is typed here. */
      meanwhile: isChanged && isTyped ? stored : undefined,
      defaultValue: stored,
      ...register(name, check ? { validate: (typed) => check(String(typed)) ?? true } : {}),
    };
  };
  const saveBar = {
    isDirty,
    isSaving: isSubmitting,
    error: errors.root?.message,
    onDiscard: () => form.reset(values),
  };
  return { ...form, isChanged, text, saveBar };
}

function useVersionedSave<Stored extends Versioned>(queryKey: QueryKey, stored: Stored) {
  const queries = useQueryClient();
  const [isChanged, setChanged] = useState(false);
  const version = useReadVersion(stored.version);
  const path = `/api/${queryKey.join("/")}`;
  const show = (answer: Stored) => {
    version.catchUp(answer.version);
    queries.setQueryData(queryKey, answer);
  };
  const save = async (values: object): Promise<Stored> => {
    try {
      const answer = await sendApi<Stored>(path, { ...values, version: version.current() }, "PUT");
      show(answer);
      setChanged(false);
      return answer;
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "conflict") throw error;
      show(await readApi<Stored>(path));
      setChanged(true);
      throw new ApiError(error.status, error.code, CHANGED);
    }
  };
  return { save, isChanged, tellChanged: () => setChanged(true), follow: version.follow };
}
