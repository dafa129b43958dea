import { clsx } from "clsx";

/** Stands where text or a figure will: give it the size of what comes. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={clsx("animate-breathe rounded-sm bg-sunken", className)} />;
}
