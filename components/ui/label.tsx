import { clsx } from "clsx";
import type { ComponentProps } from "react";

export function Label({
  className,
  htmlFor,
  children,
  ...props
}: ComponentProps<"label"> & { htmlFor: string }) {
  return (
    <label htmlFor={htmlFor} className={clsx("font-medium text-sm", className)} {...props}>
      {children}
    </label>
  );
}
