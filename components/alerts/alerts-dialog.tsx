"use client";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ALERTS_TEXT, useAlert } from "./alert-settings";
import { DeviceChoices, playNow } from "./device-choices";

/** What tells on this device, without leaving the page. */
export default function AlertsDialog({ onClose }: { readonly onClose: () => void }) {
  const sound = useAlert("sound");
  return (
    <Dialog id="alerts" title="Alerts on this device" onClose={onClose}>
      <p id="alerts-text" className="mt-1 mb-1 text-muted text-sm">
        {ALERTS_TEXT}
      </p>
      <DeviceChoices />
      <div className="mt-5 flex justify-end gap-2">
        {sound && <Button onClick={playNow}>Play the sound</Button>}
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  );
}
