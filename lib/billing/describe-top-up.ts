import { formatMoment, formatPence } from "@/lib/shared/format";
import { isBeyondLimit, nextMonth, standsStill } from "./core/decide-top-up";
import { PAUSE_WORDS, TOP_UP_WORDS } from "./core/top-up-words";
import type { TopUp } from "./store/top-ups";
import type { GatheredFacts } from "./top-up-facts";

export type TopUpState =
  | "off"
  | "on"
  | "charging"
  | "resting"
  | "paused"
  | "limit_reached"
  | "needs_authentication"
  | "pack_unavailable"
  | "suspended";

type Standing = {
  readonly state: TopUpState;
  readonly stateText: string;
  /** ISO 8601; null unless it rests, or waits for the next month. */
  readonly restsUntil: string | null;
};

const say = (state: TopUpState, stateText: string, until: Date | null = null): Standing => ({
  state,
  stateText,
  restsUntil: until?.toISOString() ?? null,
});

const OFF = say("off", "Auto top-up is off.");

/** How auto top-up stands, in the words of its card; by the same rules by which it charges. */
export function describeTopUp(
  gathered: GatheredFacts | undefined,
  topUp: TopUp | undefined,
  now: Date,
): Standing {
  if (!gathered || !topUp) return OFF;
  const { facts } = gathered;
  const stopped = standsStill(facts, now);
  if (!stopped) return onOrAtLimit(gathered, now);
  switch (stopped.kind) {
    case "off":
      return OFF;
    case "charging":
      return say("charging", "Your card is being charged.");
    case "suspended":
      return say(
        "suspended",
        stopped.by === "frozen"
          ? "Auto top-up is not available just now."
          : "Nothing is charged just now: auto top-up needs an active subscription.",
      );
    case "paused":
      return say(
        "paused",
        `Paused: ${PAUSE_WORDS[stopped.reason]} Save auto top-up again${stopped.reason === "dispute" ? "" : ", or add another card,"} to resume it.`,
      );
    case "needs_authentication":
      return say(
        "needs_authentication",
        `Your bank asks you to confirm the payment, until ${formatMoment(stopped.until, now)}.`,
      );
    case "pack_unavailable":
      return say("pack_unavailable", "Your credit pack is no longer available. Please choose another one.");
    case "no_card":
      return say("paused", TOP_UP_WORDS.noCard);
    case "resting":
      return say(
        "resting",
        topUp.restReason === "too_many_charges"
          ? `Three packs were bought within an hour. Auto top-up goes on after ${formatMoment(stopped.until, now)}.`
          : `The last charge failed. Auto top-up tries again after ${formatMoment(stopped.until, now)}.`,
        stopped.until,
      );
  }
}

function onOrAtLimit({ facts, pack }: GatheredFacts, now: Date): Standing {
  if (pack && isBeyondLimit(facts, pack.pricePence)) {
    const next = nextMonth(now);
    const limit = formatPence(facts.monthlyLimitPence ?? 0);
    return say(
      "limit_reached",
      `Your monthly limit of ${limit} is reached. Auto top-up goes on after ${formatMoment(next, now)}.`,
      next,
    );
  }
  return say("on", "Auto top-up is on.");
}
