import { Banner } from "./banner";
import { Button } from "./button";

type DialogEndProps = {
  readonly act: { readonly isPending: boolean; readonly error?: Error | null };
  readonly variant?: "primary" | "danger";
  readonly label: string;
  readonly busyLabel: string;
  /** What the button says that changes nothing. */
  readonly cancelLabel?: string;
  readonly onPress: () => void;
  readonly onCancel: () => void;
};

/** The end of a question: what went wrong, and its two buttons. */
export function DialogEnd(props: DialogEndProps) {
  const { act, variant = "primary", label, busyLabel, cancelLabel = "Cancel", onPress, onCancel } = props;
  return (
    <div className="mt-5 grid gap-4">
      {act.error && <Banner tone="bad" title={act.error.message} urgent />}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel} disabled={act.isPending}>
          {cancelLabel}
        </Button>
        <Button
          variant={variant}
          aria-busy={act.isPending}
          aria-disabled={act.isPending}
          onClick={() => act.isPending || onPress()}
        >
          {act.isPending ? busyLabel : label}
        </Button>
      </div>
    </div>
  );
}
