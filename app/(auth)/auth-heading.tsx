"use client";

import { type ReactNode, useEffect, useRef } from "react";

type AuthHeadingProps = {
  readonly title: string;
  /** It came in place of another: the focus goes there, and screen readers read it out. */
  readonly arrived?: boolean;
  readonly children?: ReactNode;
};

/** What a page in front of the workspace is about. */
export function AuthHeading({ title, arrived = false, children }: AuthHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (arrived) heading.current?.focus();
  }, [arrived]);
  return (
    <>
      <h1
        ref={heading}
        tabIndex={arrived ? -1 : undefined}
        className="mt-8 text-balance font-semibold text-2xl tracking-[-0.02em] outline-none"
      >
        {title}
      </h1>
      {children && <div className="mt-1.5 grid gap-3 text-pretty text-muted">{children}</div>}
    </>
  );
}

export const TEXT_LINK = "font-medium text-accent underline-offset-4 hover:underline";
