import { cva, type VariantProps } from "class-variance-authority";
import CircleAlert from "lucide-react/icons/circle-alert";
import CircleCheck from "lucide-react/icons/circle-check";
import Info from "lucide-react/icons/info";
import TriangleAlert from "lucide-react/icons/triangle-alert";
import type { ReactNode } from "react";

const bannerStyle = cva(
  "flex animate-arrive flex-wrap items-start gap-x-2.5 gap-y-3 rounded-lg border px-4 py-3 [&>svg]:mt-0.5",
  {
    variants: {
      tone: {
        info: "bg-surface",
        good: "border-good/40 bg-good-soft text-good-text",
        caution: "bg-surface [&>svg]:text-warn-text",
        warn: "border-warn-line bg-warn-soft text-warn-text",
        bad: "border-bad-line bg-bad-soft text-bad-text",
      },
    },
    defaultVariants: { tone: "info" },
  },
);

const ICONS = {
  info: Info,
  good: CircleCheck,
  caution: TriangleAlert,
  warn: TriangleAlert,
  bad: CircleAlert,
};

type BannerProps = VariantProps<typeof bannerStyle> & {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** Screen readers read it out at once; otherwise when they are idle. */
  readonly urgent?: boolean;
};

/** One sentence that concerns the whole page, and what may be done about it. */
export function Banner({ tone, title, children, action, urgent = false }: BannerProps) {
  const Icon = ICONS[tone ?? "info"];
  return (
    <div role={urgent ? "alert" : "status"} className={bannerStyle({ tone })}>
      <Icon className="size-4 shrink-0" aria-hidden />
      <div className="min-w-0 flex-[1_1_12rem]">
        <p className="font-medium">{title}</p>
        {children && <div className="mt-0.5 text-sm">{children}</div>}
      </div>
      {action && <div className="max-sm:w-full max-sm:pl-6.5">{action}</div>}
    </div>
  );
}
