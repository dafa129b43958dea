"use client";

import type { ReactNode } from "react";
import type { ExternalToast } from "sonner";

type Say = (title: ReactNode, more?: ExternalToast) => void;

const say =
  (kind: "message" | "success" | "error"): Say =>
  (title, more) =>
    void import("./toaster").then(
      async ({ toast: { [kind]: show }, toastsShown }) => {
        await toastsShown;
        show(title, more);
      },
      () => undefined,
    );

/** Says something for a moment, on whichever page: as soon as toasts can be seen, in the order of calling. */
export const toast = Object.assign(say("message"), { success: say("success"), error: say("error") });
