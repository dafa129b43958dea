import type { ReactNode } from "react";

type PageHeaderProps = { readonly title: string; readonly description?: string; readonly aside?: ReactNode };

/** The page's one h1. */
export function PageHeader({ title, description, aside }: PageHeaderProps) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div>
        <h1 className="font-semibold text-xl tracking-[-0.015em]">{title}</h1>
        {description && <p className="mt-1 max-w-prose text-pretty text-muted">{description}</p>}
      </div>
      {aside}
    </header>
  );
}
