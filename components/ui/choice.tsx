import { type ReactNode, useId } from "react";
import { Switch } from "./switch";

type ChoiceProps = {
  readonly label: ReactNode;
  readonly hint: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly busy?: boolean;
  /** Why it is not what was asked for. */
  readonly refused?: string | null;
  readonly onSwitch: (on: boolean) => void;
};

/** A switch with its name, what it does, and why it could not be switched. */
export function Choice({
  label,
  hint,
  on,
  disabled = false,
  busy = false,
  refused = null,
  onSwitch,
}: ChoiceProps) {
  const id = useId();
  return (
    <div className="py-3">
      <div className="flex items-start justify-between gap-4">
        <div>
          <label htmlFor={id} className="font-medium">
            {label}
          </label>
          <p id={`${id}-hint`} className="mt-0.5 text-muted text-sm">
            {hint}
          </p>
        </div>
        <Switch
          id={id}
          aria-describedby={refused === null ? `${id}-hint` : `${id}-hint ${id}-refused`}
          aria-busy={busy}
          checked={on}
          disabled={disabled}
          onChange={({ target }) => onSwitch(target.checked)}
        />
      </div>
      {refused !== null && (
        <p id={`${id}-refused`} role="alert" className="mt-2 text-sm text-warn-text">
          {refused}
        </p>
      )}
    </div>
  );
}
