"use client";

import { useEffect } from "react";
import { PAGE_ACTION, PageMessage } from "./page-message";

export type TroubleProps = {
  /** What a page or a layout threw. `digest` finds the error in the server's log. */
  readonly error: Error & { readonly digest?: string };
};

/**
 * A whole page could not be shown: our words instead of the framework's. It is in the script of every page, three
 * times, so it uses no icons and no variants of buttons.
 */
export function Trouble({ error: { digest } }: TroubleProps) {
  useEffect(() => {
    document.title = "Something went wrong · Torqueflow";
  }, []);
  return (
    <div role="alert">
      <PageMessage
        title="This page couldn’t be loaded"
        action={
          <button type="button" className={PAGE_ACTION} onClick={() => location.reload()}>
            Reload
          </button>
        }
      >
        Something went wrong on our side. Your customers are still being answered. Please reload in a moment.
        {digest && (
          <span className="mt-2 block text-faint text-xs">{`Reference for support: ${digest}`}</span>
        )}
      </PageMessage>
    </div>
  );
}
