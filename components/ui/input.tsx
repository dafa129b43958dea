import { clsx } from "clsx";
import type { ComponentProps } from "react";

/** 16 px on phones, where a smaller field makes the page zoom. */
const fieldStyle =
  "w-full min-w-0 rounded-md border border-control bg-surface px-3 text-lg text-ink transition-colors placeholder:text-faint hover:border-muted aria-invalid:border-bad disabled:opacity-60 sm:text-base";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={clsx(fieldStyle, "h-10", className)} {...props} />;
}

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea className={clsx(fieldStyle, "min-h-20 resize-y py-2", className)} {...props} />;
}

export function Select({ className, ...props }: ComponentProps<"select">) {
  return <select className={clsx(fieldStyle, "h-10 pr-2", className)} {...props} />;
}
