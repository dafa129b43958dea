"use client";

import { useState } from "react";
import { Choice } from "@/components/ui/choice";
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

/**
 * What tells on this device, by choice: in the dialog of the bell and in Settings > Notifications. The browser is asked only
 * when somebody switches notifications on.
 */
export function DeviceChoices() {
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
    <>
      <div className="divide-y">
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
    </>
  );
}

/** Plays the sound as it will be heard: the press that asks for it also allows it. */
export function playNow(): void {
  allowChime();
  void chime();
}

/** What is said before anything was pressed: only what nobody can change here. */
const said = (now: ReturnType<typeof permission>): string | null =>
  now === "denied" || now === "missing" ? REFUSED[now] : null;
