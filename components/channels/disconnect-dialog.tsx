"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { LineDto } from "@/lib/lines/client";
import { DISCONNECTED, lineName } from "./line-words";

const ID = "disconnect-line";

type DisconnectDialogProps = {
  readonly line: LineDto;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
};

/** Says what becomes of customers before a number is disconnected. */
export function DisconnectDialog({ line, busy, onClose, onConfirm }: DisconnectDialogProps) {
  return (
    <Dialog id={ID} title={`Disconnect ${lineName(line)}?`} onClose={() => !busy && onClose()}>
      <div id={`${ID}-text`} className="mt-2 grid gap-2">
        <p>{DISCONNECTED[line.channel]}</p>
        <p className="text-muted">
          The number stays assigned to your garage: you can connect it again at any time.
        </p>
      </div>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose} disabled={busy}>
          Keep connected
        </Button>
        <Button variant="danger" aria-busy={busy} aria-disabled={busy} onClick={onConfirm}>
          {busy ? "Disconnecting…" : "Disconnect"}
        </Button>
      </div>
    </Dialog>
  );
}
