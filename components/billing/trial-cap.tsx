import { clsx } from "clsx";
import type { SubscriptionDto } from "@/lib/billing/get-subscription";

const NEARLY = 0.75;

/** A trial’s AI spend in pounds against its cap, which decides how calls and messages are answered. */
export function TrialCap({ capPence, spentPence, text }: NonNullable<SubscriptionDto["trialCap"]>) {
  const share = Math.min(spentPence / capPence, 1);
  return (
    <div className="mt-4 border-t pt-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p id="trial-cap" className="font-medium">
          Trial cost cap
        </p>
        <p className="tabular-nums">{text}</p>
      </div>
      <div
        role="progressbar"
        aria-labelledby="trial-cap"
        aria-valuemin={0}
        aria-valuemax={capPence}
        aria-valuenow={Math.min(spentPence, capPence)}
        aria-valuetext={text}
        className="mt-2 h-1.5 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className={clsx("h-full rounded-full", share >= NEARLY ? "bg-warn" : "bg-accent")}
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <p className="mt-2 text-muted text-sm">
        {share < 1
          ? "AI spend during your trial. Credits are shown so that you can see what you use; this cap is what counts."
          : "Your trial’s AI spend is used up. Upgrade to a paid plan to lift the cap."}
      </p>
    </div>
  );
}
