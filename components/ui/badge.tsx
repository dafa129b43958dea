import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";

const badgeStyle = cva(
  "inline-flex shrink-0 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 py-0.5 font-medium text-xs [&_svg]:size-3",
  {
    variants: {
      tone: {
        neutral: "bg-sunken text-muted",
        accent: "bg-accent-soft text-accent",
        good: "bg-good-soft text-good-text",
        warn: "bg-warn-soft text-warn-text",
        bad: "bg-bad-soft text-bad-text",
        plum: "bg-plum-soft text-plum",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export function Badge({
  tone,
  className,
  ...props
}: ComponentProps<"span"> & VariantProps<typeof badgeStyle>) {
  return <span className={badgeStyle({ tone, className })} {...props} />;
}
