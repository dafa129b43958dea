"use client";

import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, readApi, sendApi } from "@/components/layout/api";
import { useReadVersion } from "./use-read-version";

const CHANGED =
  "Somebody has changed this meanwhile. What you typed is kept, and the rest shows what is stored now. Save again to replace it.";

type Versioned = { readonly version: number };

/**
 * Saves settings whole under the version that they were read from. Where somebody has changed them since, what is stored now is
 * shown, `isChanged` is true, and the next save replaces it.
 */
export function useVersionedSave<Stored extends Versioned>(queryKey: QueryKey, stored: Stored) {
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
  return { save, isChanged, follow: version.follow };
}
