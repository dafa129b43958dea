import type { Attempt } from "./attempts";
import type { Session } from "./objects";
import type { Paying } from "./pay-session";

/** What came of paying, or of authenticating, for a page or a test. */
export type PayOutcome =
  | { outcome: "paid" | "settles-later"; paymentIntent: string }
  | { outcome: "authentication"; paymentIntent: string; url: string }
  | { outcome: "declined"; paymentIntent: string; code: string; declineCode: string | null; message: string }
  | { outcome: "closed"; status: Session["status"] };

function ofAttempt(attempt: Attempt): PayOutcome {
  const paymentIntent = attempt.intent.id;
  switch (attempt.kind) {
    case "paid":
    case "settles-later":
      return { outcome: attempt.kind, paymentIntent };
    case "asks":
      return {
        outcome: "authentication",
        paymentIntent,
        url: attempt.intent.next_action?.redirect_to_url?.url ?? "",
      };
    case "declined": {
      const { code = "card_declined", decline_code: declineCode = null, message } = attempt.failure.body;
      return { outcome: "declined", paymentIntent, code, declineCode, message };
    }
  }
}

export const outcomeOf = (paying: Paying | { kind: "tried"; attempt: Attempt }): PayOutcome =>
  paying.kind === "closed" ? { outcome: "closed", status: paying.session.status } : ofAttempt(paying.attempt);
