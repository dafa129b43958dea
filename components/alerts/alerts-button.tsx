"use client";

import Bell from "lucide-react/icons/bell";
import BellOff from "lucide-react/icons/bell-off";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { dialogMissing } from "@/components/ui/missing";
import { onDemand } from "@/components/ui/on-demand";
import { useAlert } from "./alert-settings";

/** Its script comes when it is asked for. */
const AlertsDialog = onDemand(() => import("./alerts-dialog"), {
  missing: dialogMissing("The alerts couldn’t be loaded"),
});

/** Opens what this device tells of customers who wait. */
export function AlertsButton() {
  const [open, setOpen] = useState(false);
  const notifications = useAlert("notifications");
  const sound = useAlert("sound");
  const isOn = notifications || sound;
  return (
    <>
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Alerts on this device: ${isOn ? "on" : "off"}`}
        title="Alerts on this device"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {isOn ? <Bell aria-hidden /> : <BellOff aria-hidden />}
      </Button>
      {open && <AlertsDialog onClose={() => setOpen(false)} />}
    </>
  );
}
