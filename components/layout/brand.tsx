import { clsx } from "clsx";

/** The mark: a gauge with its needle in the good half. */
export function Brand({ className }: { className?: string }) {
  return (
    <span className={clsx("flex items-center gap-2 font-semibold text-base tracking-[-0.01em]", className)}>
      <svg viewBox="0 0 24 24" className="size-6" aria-hidden>
        <rect width="24" height="24" rx="6" className="fill-ink" />
        <path
          d="M6 15.5a6.2 6.2 0 1 1 12 0"
          fill="none"
          strokeWidth="2"
          strokeLinecap="round"
          className="stroke-on-ink opacity-50"
        />
        <path d="m12 14.6 3.4-5" strokeWidth="2" strokeLinecap="round" className="stroke-warn" />
      </svg>
      Torqueflow
    </span>
  );
}
