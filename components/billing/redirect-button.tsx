"use client";

import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";

type RedirectButtonProps = Omit<ComponentProps<typeof Button>, "children"> & {
  readonly leaving: boolean;
  readonly children: string;
  /** What it is for, where several of the same words stand on a page. */
  readonly about?: string;
};

/** A button that leads to Stripe. While it does it is not `disabled`, so that it keeps the focus and its words are read out. */
export function RedirectButton({ leaving, about, className, children, ...props }: RedirectButtonProps) {
  return (
    <Button
      className={clsx(className, leaving && "cursor-progress")}
      aria-busy={leaving}
      aria-disabled={leaving}
      {...props}
    >
      <span>{leaving ? "Redirecting…" : children}</span>
      {about && <span className="sr-only">{`: ${about}`}</span>}
    </Button>
  );
}
