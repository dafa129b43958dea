import { type Ctx, requireMember } from "@/lib/auth/context";
import { getAccountSummary } from "@/lib/credits/get-account-summary";
import { wholeBalance } from "@/lib/shared/money";
import type { FailureReason, WithdrawnReason } from "./core/decide-top-up";
import { FAILURE_WORDS, WITHDRAWN_WORDS } from "./core/top-up-words";
import {
  type AttemptLine,
  type AttemptStatus,
  type Confirmation,
  listAttempts,
} from "./store/top-up-attempts";
import { findTopUp } from "./store/top-ups";
import { refuseTopUpCard } from "./top-up-access";

/** One attempt of auto top-up, and what it stood on. */
export type TopUpAttemptDto = {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly packName: string;
  /** Whole credits. */
  readonly credits: number;
  readonly pricePence: number;
  readonly status: AttemptStatus;
  /** Of `needs_authentication`: whether the owners can still confirm it, have done so, or did not in time. */
  readonly confirmation: Confirmation | null;
  /** In words that a garage owner understands. */
  readonly outcomeText: string;
  /** The last four digits of the card; null where none was charged. */
  readonly cardLast4: string | null;
  readonly consent: {
    /** ISO 8601. */
    readonly at: string;
    /** Null where their account is gone. */
    readonly by: string | null;
    readonly words: string;
  };
};

export type TopUpActivityDto = { readonly attempts: readonly TopUpAttemptDto[] };

const MAX_ATTEMPTS = 50;

/** Auto top-up activity: each attempt with its outcome, latest first. Where the card is shown: see `getTopUp`. */
export async function listTopUpActivity(ctx: Ctx, orgId: string): Promise<TopUpActivityDto> {
  requireMember(ctx.actor, orgId, "billing.credits.view");
  refuseTopUpCard((await getAccountSummary(ctx, orgId)).state, await findTopUp(orgId));
  const attempts = await listAttempts(orgId, MAX_ATTEMPTS, ctx.now());
  return {
    attempts: attempts.map((line) => ({
      id: line.id,
      at: line.claimedAt.toISOString(),
      packName: line.packName,
      credits: wholeBalance(line.microcredits),
      pricePence: line.pricePence,
      status: line.status,
      confirmation: line.confirmation,
      outcomeText: outcomeText(line),
      cardLast4: line.cardLast4,
      consent: { at: line.consentAt.toISOString(), by: line.consentBy, words: line.consentWords },
    })),
  };
}

const CONFIRMATION_WORDS: Readonly<Record<Confirmation, string>> = {
  waiting: "Your bank asks you to confirm the payment. Nothing was charged.",
  confirmed: "Your bank asked you to confirm the payment. You did: it is the payment above.",
  ended: "Your bank asked you to confirm the payment, which was not done in time. Nothing was charged.",
};

/** What became of an attempt, in words. */
export function outcomeText({
  status,
  reason,
  via,
  confirmation,
}: Pick<AttemptLine, "status" | "reason" | "via" | "confirmation">): string {
  switch (status) {
    case "open":
      return via === "link" ? "Waits for you at Stripe’s checkout." : "Your card is being charged.";
    case "paid":
      return "Paid. The credits were added.";
    case "needs_authentication":
      return CONFIRMATION_WORDS[confirmation ?? "ended"];
    case "failed":
      return `Failed: ${FAILURE_WORDS[reason as FailureReason]}`;
    case "withdrawn":
      return WITHDRAWN_WORDS[reason as WithdrawnReason];
  }
}
