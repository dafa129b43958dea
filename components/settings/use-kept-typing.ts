import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { FieldValues, Path, PathValue, UseFormReturn } from "react-hook-form";
import { organisationShown } from "@/components/layout/api";
import { isSame } from "./use-settings-form";

type Typing<Values> = { readonly typed: Values; readonly stored: Values };

/**
 * What was typed and not saved stands in the form again when somebody comes back to its page within the application, until the
 * tab is closed. `of` names the form; `onOlder` is told where a field that was typed has been changed by somebody else since.
 */
export function useKeptTyping<Values extends FieldValues>(
  { setValue, getValues }: UseFormReturn<Values>,
  of: string,
  values: Values,
  onOlder: () => void,
): void {
  const queries = useQueryClient();
  const stored = useRef(values);
  const tellOlder = useRef(onOlder);
  useEffect(() => {
    stored.current = values;
    tellOlder.current = onOlder;
  });
  useEffect(() => {
    const key = ["typing", organisationShown(), of];
    queries.setQueryDefaults(["typing"], { gcTime: Number.POSITIVE_INFINITY });
    const namesIn = (some: Values) => Object.keys(some) as Path<Values>[];
    const kept = queries.getQueryData<Typing<Values>>(key);
    for (const name of kept ? namesIn(stored.current) : []) {
      const [typed, before, now] = [kept?.typed[name], kept?.stored[name], stored.current[name]];
      // Not typed, or saved as the page was left.
      if (isSame(typed, before) || isSame(typed, now)) continue;
      setValue(name, typed as PathValue<Values, Path<Values>>, { shouldDirty: true });
      if (!isSame(before, now)) tellOlder.current();
    }
    return () => {
      const typed = getValues();
      const isTyped = namesIn(stored.current).some((name) => !isSame(typed[name], stored.current[name]));
      if (isTyped) queries.setQueryData<Typing<Values>>(key, { typed, stored: stored.current });
      else queries.removeQueries({ queryKey: key, exact: true });
    };
  }, [queries, setValue, getValues, of]);
}
