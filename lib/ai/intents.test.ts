import { expect, it } from "vitest";
import { type Intent, type Plan, planFor } from "./intents";

it.each<[Intent, number, Plan]>([
  ["status_inquiry", 80, "reply"],
  ["status_inquiry", 79, "hand-off"],
  ["booking_request", 80, "reply"],
  ["booking_request", 79, "hand-off"],
  ["quote_question", 70, "reply"],
  ["quote_question", 69, "hand-off"],
  ["general_question", 70, "reply"],
  ["general_question", 69, "hand-off"],
  ["continuation", 60, "reply"],
  ["continuation", 59, "hand-off"],
  ["escalation_request", 50, "hand-off"],
  ["escalation_request", 10, "hand-off"],
  ["spam", 90, "no-reply"],
  ["spam", 89, "hand-off"],
  ["unknown", 100, "hand-off"],
])("%s at %s%% leads to: %s", (intent, confidence, plan) => {
  expect(planFor(intent, confidence)).toBe(plan);
});
