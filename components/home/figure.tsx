import type { ReactNode } from "react";

type FigureProps = { readonly label: string; readonly children: ReactNode };

/** A number with what it counts below it; within a `dl`. */
export function Figure({ label, children }: FigureProps) {
  return (
    <div className="flex flex-col-reverse justify-end">
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="font-semibold text-2xl tabular-nums tracking-[-0.02em]">{children}</dd>
    </div>
  );
}
