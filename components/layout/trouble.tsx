"use client";

import RotateCw from "lucide-react/icons/rotate-cw";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { PageMessage } from "./page-message";

export type TroubleProps = {
  /** What a page or a layout threw. `digest` finds the error in the server's log. */
  readonly error: Error & { readonly digest?: string };
};

/** A whole page could not be shown: our words instead of the framework's. */
export function Trouble({ error: { digest } }: TroubleProps) {
  useEffect(() => {
    document.title = "Something went wrong · Torqueflow";
  }, []);
  return (
    <div role="alert">
      <PageMessage
        icon={<TriangleAlert aria-hidden />}
        title="This page couldn’t be loaded"
        action={
          <Button variant="primary" onClick={() => location.reload()}>
            <RotateCw aria-hidden />
            Reload
          </Button>
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
