import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Sum } from "./plan-sum";

const plan = { monthlyPence: 10_000, yearlyPence: 90_000, taxPercent: 20, creditsPerBay: 500 };

test.each([
  ["month", "a month"],
  ["year", "a year"],
] as const)("while the bays are no number, the sum still says that it is for one %s", (interval, each) => {
  const shown = renderToStaticMarkup(<Sum plan={plan} bays={undefined} interval={interval} />);
  expect(shown).toContain(`Bays, ${each}`);
  expect(shown).toContain(`Total ${each}`);
  expect(shown).not.toContain("£");
});
