import { clsx } from "clsx";
import type { ComponentProps } from "react";

/** A native checkbox that looks like a switch and is read out as one. */
export function Switch({ className, ...props }: Omit<ComponentProps<"input">, "type" | "role">) {
  return (
    <input
      type="checkbox"
      // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox says itself whether it is checked
      role="switch"
      className={clsx(
        "relative h-6 w-10 shrink-0 cursor-pointer appearance-none rounded-full border border-control bg-sunken transition-colors duration-150 disabled:opacity-60 aria-busy:opacity-70",
        "before:absolute before:top-0.75 before:left-0.75 before:size-4 before:rounded-full before:bg-control before:transition-transform before:duration-150",
        "checked:border-accent checked:bg-accent checked:before:translate-x-4 checked:before:bg-surface",
        "forced-colors:appearance-auto forced-colors:before:hidden",
        className,
      )}
      {...props}
    />
  );
}
