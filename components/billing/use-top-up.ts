"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sendApi } from "@/components/layout/api";
import { consentWords, type TopUpSaved, topUpQuery } from "@/lib/billing/client";
import type { ReadTerms, TopUpDraft, TopUpFaults, TopUpField } from "./top-up-draft";

/** What the section remembers between the server's answers. */
type Editing = {
  /** Switched on here, and not saved yet; or something was typed. */
  readonly open: boolean;
  readonly draft: TopUpDraft;
  /** What was saved when typing began; null: nothing was. */
  readonly sinceVersion: number | null;
  /** What the server found wrong, until it is typed anew. */
  readonly faults: TopUpFaults;
};

const UNTOUCHED: Editing = { open: false, draft: {}, sinceVersion: null, faults: {} };

/**
 * The state of the form. What was typed stays whatever the server answers meanwhile; the other fields follow the
 * server.
 */
export function useEditing() {
  const [editing, setEditing] = useState(UNTOUCHED);
  return {
    ...editing,
    switchOn: () => setEditing((before) => ({ ...before, open: true })),
    forget: () => setEditing(UNTOUCHED),
    type: (field: TopUpField, text: string, version: number) =>
      setEditing((before) => ({
        open: true,
        draft: { ...before.draft, [field]: text },
        sinceVersion: before.sinceVersion ?? version,
        faults: { ...before.faults, [field]: "" },
      })),
    fault: (faults: TopUpFaults) => setEditing((before) => ({ ...before, open: true, faults })),
  };
}

export type TopUpEditing = ReturnType<typeof useEditing>;

/** Switches auto top-up on or off at the server, and shows how it stands then. */
export function useSaveTopUp() {
  const queries = useQueryClient();
  /** How it stands now; undefined where that cannot be read. */
  const readAgain = () => queries.fetchQuery({ ...topUpQuery(), staleTime: 0 }).catch(() => undefined);
  const send = async (body: unknown): Promise<string> => {
    const { message } = await sendApi<TopUpSaved>("/api/credits/top-up", body, "PUT");
    // An answer that is on its way may have been read before this was saved: it is dropped.
    await queries.cancelQueries(topUpQuery());
    await readAgain();
    void queries.invalidateQueries({ queryKey: ["credits"] });
    return message;
  };
  return {
    readAgain,
    /** `version`: what the owner has seen saved. */
    save: (terms: ReadTerms, version: number): Promise<string> =>
      send({
        enabled: true,
        threshold: terms.threshold,
        packId: terms.pack.id,
        monthlyLimitPence: terms.monthlyLimitPence,
        confirmed: consentWords(terms),
        version,
      }),
    switchOff: (): Promise<string> => send({ enabled: false }),
  };
}
