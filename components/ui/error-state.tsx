"use client";

import RotateCw from "lucide-react/icons/rotate-cw";
import { Button } from "./button";

type ErrorStateProps = {
  readonly title: string;
  readonly description?: string;
  readonly onRetry: () => unknown;
  readonly retrying?: boolean;
};

/** Shown in a block that could not be loaded, while the rest of the page works. */
export function ErrorState({
  title,
  description = "Something went wrong on our side.",
  onRetry,
  retrying = false,
}: ErrorStateProps) {
  return (
    <div role="alert" className="flex flex-wrap items-center justify-between gap-3">
      <div>
        <p className="font-medium">{title}</p>
        <p className="text-muted text-sm">{description}</p>
      </div>
      <Button size="sm" onClick={() => void onRetry()} disabled={retrying} aria-busy={retrying}>
        <RotateCw aria-hidden className={retrying ? "animate-spin" : ""} />
        Try again
      </Button>
    </div>
  );
}
