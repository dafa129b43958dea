import type { ReactNode } from "react";

type EmptyStateProps = {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
};

/** Shown where a list is empty: says so, and when something will appear. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center px-6 py-6 text-center">
      {icon && <span className="mb-3 text-faint [&_svg]:size-5">{icon}</span>}
      <p className="font-medium">{title}</p>
      {children && <p className="mt-0.5 max-w-sm text-balance text-muted text-sm">{children}</p>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
