"use client";

import Minus from "lucide-react/icons/minus";
import Plus from "lucide-react/icons/plus";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { type BayRange, readBays, stepBays } from "./bays";

const HINT = "Your credits follow the number of bays.";

type BaysFieldProps = BayRange & {
  readonly text: string;
  readonly onChange: (text: string) => void;
};

/** How many bays: typed, by the buttons beside it, or by the arrow keys. What cannot be read is said at the field. */
export function BaysField({ text, onChange, minBays, maxBays }: BaysFieldProps) {
  const bays = readBays(text, { minBays, maxBays });
  const error = bays === undefined ? `Enter a whole number from ${minBays} to ${maxBays}.` : undefined;
  const step = (by: 1 | -1) => onChange(String(stepBays(text, by, { minBays, maxBays })));
  return (
    <Field id="bays" label="Bays" error={error} hint={HINT}>
      <div className="flex items-center gap-1.5">
        <Stepper text="One bay fewer" disabled={bays === minBays} onClick={() => step(-1)}>
          <Minus aria-hidden />
        </Stepper>
        <Input
          {...describedBy({ id: "bays", error, hint: HINT })}
          inputMode="numeric"
          autoComplete="off"
          maxLength={12}
          className="w-20! text-center tabular-nums"
          value={text}
          onChange={({ target }) => onChange(target.value)}
          onBlur={() => bays !== undefined && onChange(String(bays))}
          onKeyDown={(event) => {
            if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
            event.preventDefault();
            step(event.key === "ArrowUp" ? 1 : -1);
          }}
        />
        <Stepper text="One bay more" disabled={bays === maxBays} onClick={() => step(1)}>
          <Plus aria-hidden />
        </Stepper>
      </div>
    </Field>
  );
}

type StepperProps = {
  readonly text: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
};

/** At the end of the range it stays where the focus is, and does nothing. */
function Stepper({ text, disabled, onClick, children }: StepperProps) {
  return (
    <Button
      aria-label={text}
      aria-disabled={disabled}
      className="size-10 px-0! aria-disabled:opacity-50"
      onClick={disabled ? undefined : onClick}
    >
      {children}
    </Button>
  );
}
