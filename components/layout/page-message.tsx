import type { ReactNode } from "react";

/** How the one button or link of such a message looks. */
export const PAGE_ACTION =
  "inline-flex min-h-9 max-w-full items-center rounded-md bg-ink px-3.5 py-1.5 font-medium text-on-ink transition-opacity duration-150 hover:opacity-88";

type PageMessageProps = {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
};

/** Shown in place of a whole page: why it is missing, and what to do. */
export function PageMessage({ icon, title, children, action }: PageMessageProps) {
  return (
    <div className="flex min-h-[70dvh] flex-col items-center justify-center px-5 py-10 text-center">
      {icon && <span className="mb-3 text-faint [&_svg]:size-5">{icon}</span>}
      <h1 className="font-medium text-lg">{title}</h1>
      <p className="mt-1 max-w-sm text-balance text-muted">{children}</p>
      {action && <div className="mt-5">{action}</div>}
    </div>
  );
}
