"use client";

import { useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "@/components/ui/button";
import { describedBy, Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { costPreview, type TopUpDto, thresholdRange } from "@/lib/billing/client";
import { formatPence } from "@/lib/shared/format";
import { type AskedTerms, TopUpConfirmation } from "./top-up-confirmation";
import {
  choice,
  fieldsOf,
  readFields,
  TOP_UP_FIELDS,
  type TopUpFaults,
  type TopUpField,
} from "./top-up-draft";
import type { TopUpEditing } from "./use-top-up";

type FormProps = { readonly topUp: TopUpDto; readonly editing: TopUpEditing };

const idOf = (field: TopUpField): string => `top-up-${field}`;

function focusOn(faults: TopUpFaults): void {
  const first = TOP_UP_FIELDS.find((field) => faults[field]);
  if (first) document.getElementById(idOf(first))?.focus();
}

/** Threshold, pack and limit; nothing is saved before it is confirmed in words. */
export default function TopUpForm({ topUp, editing }: FormProps) {
  const [asked, setAsked] = useState<AskedTerms | null>(null);
  const [checked, setChecked] = useState(false);
  const read = readFields(topUp, fieldsOf(topUp, editing.draft));
  const found = checked && read.kind === "faults" ? read.faults : {};
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (read.kind === "faults") focusOn(read.faults);
        else setAsked({ terms: read.terms, version: topUp.version });
      }}
    >
      <Fields topUp={topUp} editing={editing} faults={{ ...editing.faults, ...found }} />
      {read.kind === "terms" && (
        <p className="rounded-md bg-sunken px-4 py-3" data-testid="cost-preview">
          {costPreview(read.terms)}
        </p>
      )}
      <Overtaken topUp={topUp} editing={editing} />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" className="max-sm:w-full">
          Save Configuration
        </Button>
      </div>
      {asked && (
        <TopUpConfirmation
          topUp={topUp}
          asked={asked}
          onClose={() => setAsked(null)}
          onSaved={() => {
            setChecked(false);
            editing.forget();
          }}
          onFaults={(faults) => {
            // While the dialog is open, nothing outside it can have the focus.
            flushSync(() => {
              setAsked(null);
              editing.fault(faults);
            });
            focusOn(faults);
          }}
        />
      )}
    </form>
  );
}

type FieldsProps = FormProps & { readonly faults: TopUpFaults };

function Fields({ topUp, editing, faults }: FieldsProps) {
  const fields = fieldsOf(topUp, editing.draft);
  const { pack, min, max } = choice(topUp, fields);
  const limitHint = `In a calendar month. Empty: no limit. Spent this month: ${formatPence(topUp.monthPence)}.`;
  const control = (field: TopUpField, hint?: string) => ({
    ...describedBy({ id: idOf(field), error: faults[field], hint }),
    value: fields[field],
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      editing.type(field, target.value, topUp.version),
  });
  return (
    <div className="grid items-start gap-x-6 gap-y-4 sm:grid-cols-2">
      <Field id={idOf("threshold")} label="Balance threshold (credits)" error={faults.threshold}>
        <Input
          {...control("threshold")}
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
          placeholder={thresholdRange(min, max)}
          className="tabular-nums"
        />
      </Field>
      <Field id={idOf("packId")} label="Credit pack" error={faults.packId}>
        <Select {...control("packId")}>
          {!pack && <option value={fields.packId}>Choose a credit pack</option>}
          {topUp.packs.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        id={idOf("monthlyLimitPence")}
        label="Monthly limit in pounds (optional)"
        error={faults.monthlyLimitPence}
        hint={limitHint}
      >
        <Input
          {...control("monthlyLimitPence", limitHint)}
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          placeholder="No limit"
          className="tabular-nums"
        />
      </Field>
    </div>
  );
}

/** Somebody else has saved, or switched off, what is being edited here: what was typed stays. */
function Overtaken({ topUp, editing }: FormProps) {
  if (editing.sinceVersion === null || editing.sinceVersion === topUp.version) return null;
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center justify-between gap-3 rounded-md border px-4 py-3"
    >
      <p className="min-w-0 flex-[1_1_14rem]">
        {topUp.enabled
          ? "Auto top-up was changed elsewhere. Saving replaces what was saved there."
          : "Auto top-up was switched off elsewhere. Saving switches it on again."}
      </p>
      <Button size="sm" onClick={editing.forget}>
        Discard my changes
      </Button>
    </div>
  );
}
