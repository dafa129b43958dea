import type { ReactNode } from "react";

type StepProps = { readonly title?: string; readonly text: string; readonly children?: ReactNode };

/** A part of the subscription card: a sentence that asks for something, and the button beside it. */
export function Step({ title, text, children }: StepProps) {
  return (
    <div className="mt-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-t pt-4 text-muted">
      <div className="max-w-prose flex-[1_1_16rem]">
        {title && <p className="font-medium text-ink">{title}</p>}
        <p>{text}</p>
      </div>
      {children}
    </div>
  );
}
