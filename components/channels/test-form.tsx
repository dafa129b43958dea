"use client";

import { type ReactNode, useRef, useState } from "react";
import { ApiError, WENT_WRONG } from "@/components/layout/api";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { describedBy, Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type TestFormProps = {
  readonly id: string;
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  readonly button: string;
  readonly busyText: string;
  readonly children: ReactNode;
  /** What came of it is told by whoever opened the dialog. Throws where it was refused. */
  readonly onSend: (number: string) => Promise<void>;
  readonly onClose: () => void;
};

/** Asks for a telephone number to try a line with; what is refused is said at the field. */
export function TestForm(props: TestFormProps) {
  const { id, title, label, hint, button, busyText, children, onSend, onClose } = props;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | undefined>(undefined);
  const field = useRef<HTMLInputElement>(null);

  const submit = async (form: FormData) => {
    const number = String(form.get("number") ?? "").trim();
    const refuse = (message: string) => {
      setError(message);
      field.current?.focus();
    };
    if (number === "") return refuse("Enter a telephone number.");
    setBusy(true);
    setError(undefined);
    try {
      await onSend(number);
      onClose();
    } catch (caught) {
      refuse(caught instanceof ApiError ? caught.message : WENT_WRONG);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog id={id} title={title} onClose={() => !busy && onClose()}>
      <div id={`${id}-text`} className="mt-2 text-muted">
        {children}
      </div>
      <form
        noValidate
        className="mt-4 grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void submit(new FormData(event.currentTarget));
        }}
      >
        <Field id={`${id}-number`} label={label} hint={hint} error={error}>
          <Input
            ref={field}
            name="number"
            type="tel"
            autoComplete="tel"
            maxLength={40}
            {...describedBy({ id: `${id}-number`, hint, error })}
          />
        </Field>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" aria-busy={busy} aria-disabled={busy}>
            {busy ? busyText : button}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
