import { formatDay, formatMoment, formatPence } from "@/lib/shared/format";
import { isBeyondLimit, nextMonth, standsStill, type TopUpFacts } from "./core/decide-top-up";
import { beyondLimitWords, PAUSE_WORDS, TOP_UP_WORDS } from "./core/top-up-words";
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
  if (!stopped) return atLimit(gathered, now) ?? say("on", "Auto top-up is on.");
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
        `Paused: ${PAUSE_WORDS[stopped.reason]} ${stopped.reason === "dispute" ? "Save auto top-up again" : "Add another card, or save auto top-up again,"} to resume it.`,
      );
    case "needs_authentication":
      return say("needs_authentication", confirmWords(gathered, topUp, stopped.until, now));
    case "pack_unavailable":
      return say("pack_unavailable", "Your credit pack is no longer available. Please choose another one.");
    case "no_card":
      return say("paused", TOP_UP_WORDS.noCard);
    case "resting":
      // Where the limit leaves no room, nothing is tried after the rest either.
      return (
        atLimit(gathered, now) ?? say("resting", restWords(facts, topUp, stopped.until, now), stopped.until)
      );
  }
}

const isWanted = ({ balance, threshold }: TopUpFacts): boolean => balance < threshold;

/** What the bank wants confirmed, and what follows where it is not. */
function confirmWords({ facts, pack }: GatheredFacts, topUp: TopUp, until: Date, now: Date): string {
  const what = `${formatPence(topUp.agreedPence)}${pack ? ` for ${pack.name}` : ""}`;
  const asked = `Your bank asks you to confirm the payment of ${what}, until ${formatMoment(until, now)}.`;
  const isTriedAgain = pack && facts.hasCard && isWanted(facts) && !isBeyondLimit(facts, pack.pricePence);
  return isTriedAgain ? `${asked} After that it is tried again with your saved card.` : asked;
}

/** When a charge is tried again: where none is wanted now, not before the balance falls. */
function restWords(facts: TopUpFacts, { restReason }: TopUp, until: Date, now: Date): string {
  const moment = formatMoment(until, now);
  if (restReason === "too_many_charges")
    return isWanted(facts)
      ? `Three packs were bought within an hour. Auto top-up goes on after ${moment}.`
      : `Auto top-up is on. Three packs were bought within an hour: it buys the next when your balance falls below the threshold, not before ${moment}.`;
  return isWanted(facts)
    ? `The last charge failed. Auto top-up tries again after ${moment}.`
    : `Auto top-up is on. The last charge failed: it tries again when your balance falls below the threshold, not before ${moment}.`;
}

/** Undefined where another pack fits into the month's limit. */
function atLimit({ facts, pack }: GatheredFacts, now: Date): Standing | undefined {
  const { monthlyLimitPence: limitPence, monthPence } = facts;
  if (!pack || limitPence === null || !isBeyondLimit(facts, pack.pricePence)) return undefined;
  const next = nextMonth(now);
  return say(
    "limit_reached",
    `${beyondLimitWords(pack.pricePence, limitPence, monthPence)} Auto top-up goes on again on ${formatDay(next, now)}.`,
    next,
  );
}
