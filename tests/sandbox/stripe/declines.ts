/** Why a bank refuses, in Stripe's words. Source: docs.stripe.com/declines/codes, docs.stripe.com/testing */
export interface Decline {
  code: string;
  declineCode: string;
  message: string;
  /** What Stripe advises to do about it. */
  advice: "try_again_later" | "do_not_try_again" | "confirm_card_data" | null;
}

const declined = (
  declineCode: string,
  advice: Decline["advice"],
  message = "Your card was declined.",
): Decline => ({
  code: "card_declined",
  declineCode,
  message,
  advice,
});

const DECLINES = {
  generic_decline: declined("generic_decline", "try_again_later"),
  do_not_honor: declined("do_not_honor", "try_again_later"),
  insufficient_funds: declined("insufficient_funds", "try_again_later", "Your card has insufficient funds."),
  lost_card: declined("lost_card", "do_not_try_again"),
  stolen_card: declined("stolen_card", "do_not_try_again"),
  pickup_card: declined("pickup_card", "do_not_try_again"),
  fraudulent: declined("fraudulent", "do_not_try_again"),
  card_velocity_exceeded: declined(
    "card_velocity_exceeded",
    "try_again_later",
    "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
  ),
  expired_card: {
    code: "expired_card",
    declineCode: "expired_card",
    message: "Your card has expired.",
    advice: "do_not_try_again",
  },
  incorrect_cvc: {
    code: "incorrect_cvc",
    declineCode: "incorrect_cvc",
    message: "Your card's security code is incorrect.",
    advice: "confirm_card_data",
  },
  processing_error: {
    code: "processing_error",
    declineCode: "processing_error",
    message: "An error occurred while processing your card. Try again in a little bit.",
    advice: "try_again_later",
  },
  authentication_required: {
    code: "authentication_required",
    declineCode: "authentication_required",
    message: "Your card was declined. This transaction requires authentication.",
    advice: null,
  },
} as const satisfies Record<string, Decline>;

export type DeclineName = keyof typeof DECLINES;
export const DECLINE_NAMES = Object.keys(DECLINES) as [DeclineName, ...DeclineName[]];
export const declineOf = (name: DeclineName): Decline => DECLINES[name];
