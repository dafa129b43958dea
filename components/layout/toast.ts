"use client";

import type { ReactNode } from "react";
import type { ExternalToast } from "sonner";

let want = (): void => undefined;

/** Resolves once something is said, or somebody is there to press what may say something. */
export const toastsWanted = new Promise<void>((resolve) => {
  want = resolve;
});
export const wantToasts = (): void => want();

/** What can be undone or gone to must be read, decided on and reached, also without a mouse. */
const WITH_A_BUTTON_MS = 12_000;

type Say = (title: ReactNode, more?: ExternalToast) => void;

const say =
  (kind: "message" | "success" | "error"): Say =>
  (title, more) => {
    want();
    void import("./toaster").then(
      async ({ toast: { [kind]: show }, toastsShown }) => {
        await toastsShown;
        show(title, more?.action ? { duration: WITH_A_BUTTON_MS, ...more } : more);
      },
      () => undefined,
    );
  };

/** Says something for a moment, on whichever page: as soon as toasts can be seen, in the order of calling. */
export const toast = Object.assign(say("message"), { success: say("success"), error: say("error") });
