"use client";

import { unstable_isUnrecognizedActionError } from "next/navigation";
import { UNREACHABLE, WENT_WRONG } from "./api";
import { toast } from "./toast";

const NEW_VERSION = "There is a new version of Torqueflow";

/** Says why a server action did not answer: this page is older than the server, there is no connection, or we failed. */
export function tellActionError(error: unknown): void {
  if (unstable_isUnrecognizedActionError(error)) {
    toast.error(NEW_VERSION, {
      description: "Reload the page, then try again.",
      action: { label: "Reload", onClick: () => location.reload() },
      duration: Number.POSITIVE_INFINITY,
    });
    return;
  }
  // Browsers word a broken connection differently, but all of them throw a TypeError for it.
  toast.error(error instanceof TypeError ? UNREACHABLE : WENT_WRONG);
}
