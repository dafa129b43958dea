"use client";

import { type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Switch } from "@/components/ui/switch";
import { permission, setAlert, useAlert } from "./alert-settings";
import { allowChime, chime } from "./chime";

const REFUSED = {
  denied:
    "Your browser blocks notifications from Torqueflow. Allow them in the site’s settings, beside the address, and switch this on again.",
  default:
    "Your browser’s question was closed without an answer. Switch this on again to be asked once more.",
  missing:
    "This browser shows no notifications for this address. The sound and the count in the tab still work.",
} as const;

const KEPT_NOWHERE = "This browser keeps no settings, for example in a private window.";

/** What tells on this device, by choice. The browser is asked only when somebody switches notifications on. */
export default function AlertsDialog({ onClose }: { readonly onClose: () => void }) {
  const notifications = useAlert("notifications");
  const sound = useAlert("sound");
  const [refused, setRefused] = useState<string | null>(() => said(permission()));
  const [kept, setKept] = useState(true);
  const keep = (...setting: Parameters<typeof setAlert>) => setKept(setAlert(...setting));
  const switchNotifications = async (on: boolean) => {
    const answer = on && "Notification" in window ? await Notification.requestPermission() : permission();
    setRefused(on ? (answer === "granted" ? null : REFUSED[answer]) : null);
    keep("notifications", on && answer === "granted");
  };
  const switchSound = (on: boolean) => {
    keep("sound", on);
    if (on) playNow();
  };
  return (
    <Dialog id="alerts" title="Alerts on this device" onClose={onClose}>
      <p id="alerts-text" className="mt-1 text-muted text-sm">
        How you are told that a customer waits for a person, or has written in a conversation of yours.
      </p>
      <div className="mt-4 divide-y">
        <Choice
          label="Desktop notifications"
          hint="While Torqueflow isn’t in front of you. They show who wrote and on which channel, never what."
          on={notifications}
          disabled={permission() === "missing"}
          refused={refused}
          onSwitch={(on) => void switchNotifications(on)}
        />
        <Choice
          label="Sound"
          hint="Short, and at most every few seconds. After a reload it sounds from your first click or key on."
          on={sound}
          onSwitch={switchSound}
        />
      </div>
      {!kept && (
        <p role="alert" className="mt-3 text-bad-text text-sm">
          {KEPT_NOWHERE}
        </p>
      )}
      <div className="mt-5 flex justify-end gap-2">
        {sound && <Button onClick={playNow}>Play the sound</Button>}
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  );
}

function playNow(): void {
  allowChime();
  void chime();
}

/** What is said before anything was pressed: only what nobody can change here. */
const said = (now: ReturnType<typeof permission>): string | null =>
  now === "denied" || now === "missing" ? REFUSED[now] : null;

type ChoiceProps = {
  readonly label: ReactNode;
  readonly hint: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  readonly refused?: string | null;
  readonly onSwitch: (on: boolean) => void;
};

function Choice({ label, hint, on, disabled = false, refused = null, onSwitch }: ChoiceProps) {
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
