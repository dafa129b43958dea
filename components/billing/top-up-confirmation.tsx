"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, WENT_WRONG } from "@/components/layout/api";
import { toast } from "@/components/layout/toast";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import {
  chargesNowWords,
  confirmTitle,
  consentWords,
  notBeforeNextMonthWords,
  TOP_UP_WORDS,
  type TopUpDto,
} from "@/lib/billing/client";
import { balanceQuery } from "@/lib/credits/client";
import { isSaved, type ReadTerms, TOP_UP_FIELDS, type TopUpFaults } from "./top-up-draft";
import { useSaveTopUp } from "./use-top-up";

/** What is to be confirmed, and the version that was saved when it was asked. */
export type AskedTerms = { readonly terms: ReadTerms; readonly version: number };

type ConfirmationProps = {
  readonly topUp: TopUpDto;
  readonly asked: AskedTerms;
  readonly onClose: () => void;
  readonly onSaved: () => void;
  /** Closes the dialog where the server finds a field at fault that the page did not. */
  readonly onFaults: (faults: TopUpFaults) => void;
};

const ID = "top-up-confirmation";

/** Asks for consent, in the words that are kept with it. */
export function TopUpConfirmation({ topUp, asked, onClose, onSaved, onFaults }: ConfirmationProps) {
  const { save, readAgain } = useSaveTopUp();
  const whenWords = useWhenWords(topUp, asked.terms);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // The title does not change under the owner's eyes when the answer comes.
  const [title] = useState(confirmTitle(topUp.enabled));

  const done = (message: string) => {
    onClose();
    onSaved();
    toast.success(message);
  };
  const fail = async (error: unknown) => {
    const message = error instanceof Error ? error.message : WENT_WRONG;
    const field = error instanceof ApiError ? TOP_UP_FIELDS.find((name) => name === error.field) : undefined;
    const isConflict = error instanceof ApiError && error.code === "conflict";
    if (!(field || isConflict)) return setProblem(message);
    const now = await readAgain();
    // An earlier answer was lost: what was confirmed is saved.
    if (isConflict && now && isSaved(now, asked.terms))
      return done(topUp.enabled ? TOP_UP_WORDS.updated : TOP_UP_WORDS.enabled);
    if (field) return onFaults({ [field]: message });
    onClose();
    toast.error(message);
  };
  const confirm = async () => {
    if (saving) return;
    setSaving(true);
    setProblem(null);
    await save(asked.terms, asked.version).then(done, fail);
    setSaving(false);
  };

  return (
    <Dialog id={ID} title={title} onClose={() => !saving && onClose()}>
      <div id={`${ID}-text`} className="mt-2 grid gap-2">
        <p>{consentWords(asked.terms)}</p>
        {whenWords && <p className="font-medium">{whenWords}</p>}
      </div>
      {problem && (
        <p role="alert" className="mt-3 text-bad-text">
          {problem}
        </p>
      )}
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose} disabled={saving}>
          Cancel
        </Button>
        <Button variant="primary" aria-busy={saving} onClick={() => void confirm()}>
          Confirm
        </Button>
      </div>
    </Dialog>
  );
}

/** Whether a pack is bought as soon as this is confirmed; null where the balance is not below the threshold. */
function useWhenWords(topUp: TopUpDto, { threshold, pack, monthlyLimitPence }: ReadTerms): string | null {
  const { data: balance } = useQuery({ ...balanceQuery(), enabled: false });
  if (balance === undefined || balance.balance >= threshold || topUp.state === "charging") return null;
  const { pricePence } = pack;
  const { monthPence } = topUp;
  return monthlyLimitPence === null || monthPence + pricePence <= monthlyLimitPence
    ? chargesNowWords(pricePence)
    : notBeforeNextMonthWords(pricePence, monthlyLimitPence, monthPence);
}
