"use client";

import { Dialog } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import type { LineDto } from "@/lib/lines/client";
import { DISCONNECTED, lineName, TAKEN_OVER } from "./line-words";

type LineDialogProps = {
  readonly line: LineDto;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
};

/** Says what becomes of customers before a number is disconnected. */
export function DisconnectDialog({ line, busy, onClose, onConfirm }: LineDialogProps) {
  return (
    <Dialog id="disconnect-line" title={`Disconnect ${lineName(line)}?`} onClose={() => !busy && onClose()}>
      <div id="disconnect-line-text" className="mt-2 grid gap-2">
        <p>{DISCONNECTED[line.channel]}</p>
        <p className="text-muted">
          The number stays assigned to your garage: you can connect it again at any time.
        </p>
      </div>
      <DialogEnd
        act={{ isPending: busy }}
        variant="danger"
        label="Disconnect"
        busyLabel="Disconnecting…"
        cancelLabel="Keep connected"
        onPress={onConfirm}
        onCancel={onClose}
      />
    </Dialog>
  );
}

type TakeOverDialogProps = LineDialogProps & {
  /** Whose system it is, as far as can be told. */
  readonly from: string;
};

/** Asks before a number that another system answers is taken over. */
export function TakeOverDialog({ line, from, busy, onClose, onConfirm }: TakeOverDialogProps) {
  return (
    <Dialog id="take-line-over" title={`Take ${lineName(line)} over?`} onClose={() => !busy && onClose()}>
      <p id="take-line-over-text" className="mt-2 break-words">
        {`${TAKEN_OVER[line.channel]} to this number go to ${from} now. Once it is connected they come to Torqueflow, and no longer there.`}
      </p>
      <DialogEnd
        act={{ isPending: busy }}
        label="Take over and connect"
        busyLabel="Connecting…"
        cancelLabel="Leave it"
        onPress={onConfirm}
        onCancel={onClose}
      />
    </Dialog>
  );
}
