"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { LineDto } from "@/lib/lines/client";
import { lineName, TAKEN_OVER } from "./line-words";

const ID = "take-line-over";

type TakeOverDialogProps = {
  readonly line: LineDto;
  /** Whose system it is, as far as can be told. */
  readonly from: string;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
};

/** Asks before a number that another system answers is taken over. */
export function TakeOverDialog({ line, from, busy, onClose, onConfirm }: TakeOverDialogProps) {
  const what = TAKEN_OVER[line.channel];
  return (
    <Dialog id={ID} title={`Take ${lineName(line)} over?`} onClose={() => !busy && onClose()}>
      <div id={`${ID}-text`} className="mt-2 grid gap-2">
        <p className="break-words">
          {`${what} to this number go to ${from} now. Once it is connected they come to Torqueflow, and no longer there.`}
        </p>
      </div>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose} disabled={busy}>
          Leave it
        </Button>
        <Button variant="primary" aria-busy={busy} aria-disabled={busy} onClick={onConfirm}>
          {busy ? "Connecting…" : "Take over and connect"}
        </Button>
      </div>
    </Dialog>
  );
}
