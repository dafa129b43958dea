import { clsx } from "clsx";
import type { ComponentProps, ReactNode } from "react";

/** A plain surface. `labelledBy` makes it a region that can be found by its heading. */
export function Card({
  labelledBy,
  className,
  ...props
}: ComponentProps<"section"> & { labelledBy?: string }) {
  return (
    <section
      aria-labelledby={labelledBy}
      className={clsx("min-w-0 rounded-lg border bg-surface shadow-card", className)}
      {...props}
    />
  );
}

type CardHeaderProps = {
  readonly id?: string;
  readonly title: string;
  readonly icon?: ReactNode;
  readonly description?: ReactNode;
  /** What stands at the right: a badge, a switch, a button. */
  readonly aside?: ReactNode;
};

export function CardHeader({ id, title, icon, description, aside }: CardHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 pt-4.5">
      <div className="min-w-0 flex-[1_1_10rem]">
        <h2 id={id} className="wrap-anywhere flex items-start gap-2 font-medium text-base">
          {icon && <span className="mt-[0.15625rem] shrink-0 text-faint [&_svg]:size-4">{icon}</span>}
          {title}
        </h2>
        {description && <p className="mt-0.5 text-muted text-sm">{description}</p>}
      </div>
      {aside}
    </header>
  );
}

export function CardBody({ className, ...props }: ComponentProps<"div">) {
  return <div className={clsx("px-5 pt-4 pb-5", className)} {...props} />;
}
