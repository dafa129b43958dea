import { clsx } from "clsx";
import type { ComponentProps } from "react";

/** The column that a page's content stands in. */
export function Page({ className, ...props }: ComponentProps<"div">) {
  return <div className={clsx("mx-auto w-full max-w-4xl px-4 py-6 sm:px-8 sm:py-9", className)} {...props} />;
}
