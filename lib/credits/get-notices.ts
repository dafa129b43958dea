import { type Ctx, requireMember } from "@/lib/auth/context";
import { wholeShortfall } from "@/lib/shared/money";
import { type WarningThreshold, warningsReached } from "./core/crossings";
import { type DegradationReason, decideGate } from "./core/decide-gate";
import { termsOf } from "./core/subscription";
import { readAccount } from "./store/account";

const TEXT: Readonly<Record<WarningThreshold, string>> = {
  75: "Credits running low.",
  90: "Credits very low.",
  100: "No credits remaining.",
};

export type NoticesDto = {
  readonly warning: {
    readonly threshold: WarningThreshold;
    readonly text: string;
    /** What is running out: the credits, or a trial's cap. */
    readonly about: "credits" | "trial-cap";
  } | null;
  readonly degradation: {
    readonly reason: DegradationReason;
    readonly text: string;
    /** Whole credits used beyond the last ones: the next credits settle them before any are available. Left out for none. */
    readonly shortfall?: number;
  } | null;
};

/**
 * The banners: the highest warning reached, and the degradation banner, which is the gate's own answer at this moment.
 * Where the gate degrades, that is said instead of a warning. Needs `billing.credits.view`.
 */
export async function getNotices(ctx: Ctx, orgId: string): Promise<NoticesDto> {
  requireMember(ctx.actor, orgId, "billing.credits.view");
  const account = await readAccount(orgId);
  const gate = decideGate(account);
  if (gate.kind === "degrade") {
    const owes = account.overdraft > 0n && !account.frozen && gate.reason === "credit-exhaustion";
    const shortfall = owes ? { shortfall: wholeShortfall(account.overdraft) } : {};
    return { warning: null, degradation: { reason: gate.reason, text: TEXT[100], ...shortfall } };
  }
  const threshold = warningsReached(account).at(-1);
  const about = termsOf(account.state).gate === "cap" ? "trial-cap" : "credits";
  return {
    warning: threshold ? { threshold, text: TEXT[threshold], about } : null,
    degradation: null,
  };
}
