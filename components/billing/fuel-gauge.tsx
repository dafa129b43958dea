import { clsx } from "clsx";
import type { BalanceDto } from "@/lib/credits/client";

type FuelGaugeProps = Pick<BalanceDto, "percent" | "status" | "statusText">;

const FILL = {
  healthy: "bg-good",
  moderate: "bg-good",
  low: "bg-warn",
  very_low: "bg-warn",
  exhausted: "",
} as const satisfies Record<BalanceDto["status"], string>;

const QUARTERS = [25, 50, 75];

/** The allowance is 100%. With a higher balance the bar is full and a notch marks the allowance. */
export function FuelGauge({ percent, status, statusText }: FuelGaugeProps) {
  const scale = Math.max(percent, 100);
  const marks = percent > 100 ? [10_000 / scale] : QUARTERS;
  return (
    <div
      role="progressbar"
      aria-label="Credit balance"
      aria-valuemin={0}
      aria-valuemax={scale}
      aria-valuenow={percent}
      aria-valuetext={`${percent}% of the allowance. ${statusText}`}
      data-status={status}
      className={clsx(
        "relative h-3 overflow-hidden rounded-full",
        status === "exhausted" ? "border-2 border-warn bg-transparent" : "bg-sunken",
      )}
    >
      {status !== "exhausted" && (
        <div
          className={clsx(
            "h-full min-w-2 rounded-full transition-[width] duration-500 ease-out",
            FILL[status],
          )}
          style={{ width: `${(percent * 100) / scale}%` }}
        />
      )}
      {status !== "exhausted" &&
        marks.map((mark) => (
          <span key={mark} className="absolute inset-y-0 w-0.5 bg-surface/80" style={{ left: `${mark}%` }} />
        ))}
    </div>
  );
}
