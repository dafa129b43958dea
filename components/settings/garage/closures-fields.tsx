"use client";

import Plus from "lucide-react/icons/plus";
import Trash2 from "lucide-react/icons/trash-2";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { MAX_CLOSURE_NAME, MAX_CLOSURES } from "@/lib/garage/check-garage";
import type { Closure } from "@/lib/garage/client";
import { BankHolidays } from "./bank-holidays";

type ClosuresFieldsProps = {
  readonly closures: readonly Closure[];
  /** A London date. */
  readonly today: string;
  readonly onChange: (closures: readonly Closure[]) => void;
  readonly problemOf: (nth: number) => { readonly part: string; readonly problem: string } | undefined;
};

/** Days on which the garage is shut beside its usual hours. */
export function ClosuresFields({ closures, today, onChange, problemOf }: ClosuresFieldsProps) {
  const room = Math.max(0, MAX_CLOSURES - closures.length);
  const change = (nth: number, part: Partial<Closure>) =>
    onChange(closures.map((closure, at) => (at === nth ? { ...closure, ...part } : closure)));
  return (
    <div className="grid gap-3">
      {closures.length === 0 && <p className="text-muted text-sm">No closures are planned.</p>}
      {closures.map((closure, nth) => {
        const wrong = problemOf(nth);
        const errorOf = (part: string) =>
          wrong?.part === part ? { "aria-invalid": true, "aria-describedby": `closure-${nth}-error` } : {};
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: closures have no identity, and keep their order while they are typed
          <fieldset key={nth} className="grid gap-2 max-sm:border-b max-sm:pb-3">
            <legend className="sr-only">{`Closure ${nth + 1}`}</legend>
            <div className="grid gap-1.5 sm:flex sm:items-center">
              <div className="grid grid-cols-2 gap-1.5">
                <Input
                  type="date"
                  aria-label={`Closure ${nth + 1}: first day`}
                  className="min-w-0 max-sm:px-2! sm:w-36!"
                  value={closure.from}
                  onChange={({ target }) =>
                    change(nth, {
                      from: target.value,
                      ...(closure.to === "" || closure.to < target.value ? { to: target.value } : {}),
                    })
                  }
                  {...errorOf("from")}
                />
                <Input
                  type="date"
                  aria-label={`Closure ${nth + 1}: last day`}
                  className="min-w-0 max-sm:px-2! sm:w-36!"
                  value={closure.to}
                  onChange={({ target }) => change(nth, { to: target.value })}
                  {...errorOf("to")}
                />
              </div>
              <div className="flex min-w-0 flex-1 items-center gap-1.5">
                <Input
                  aria-label={`Closure ${nth + 1}: name`}
                  placeholder="Christmas"
                  className="w-auto! min-w-0 flex-1"
                  maxLength={MAX_CLOSURE_NAME}
                  value={closure.name}
                  onChange={({ target }) => change(nth, { name: target.value })}
                  {...errorOf("name")}
                />
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={`Remove closure ${nth + 1}`}
                  onClick={() => onChange(closures.filter((_, at) => at !== nth))}
                >
                  <Trash2 aria-hidden />
                </Button>
              </div>
            </div>
            {wrong && (
              <p id={`closure-${nth}-error`} className="text-bad-text text-sm">
                {wrong.problem}
              </p>
            )}
          </fieldset>
        );
      })}
      <div>
        <Button
          size="sm"
          disabled={room === 0}
          onClick={() => onChange([...closures, { from: "", to: "", name: "" }])}
        >
          <Plus aria-hidden />
          Add a closure
        </Button>
      </div>
      <BankHolidays
        closures={closures}
        today={today}
        room={room}
        onAdd={(added) => onChange([...closures, ...added])}
      />
    </div>
  );
}
