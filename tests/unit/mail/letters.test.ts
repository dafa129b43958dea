import { describe, expect, it } from "vitest";
import { nextAttempt } from "@/lib/mail/core/next-attempt";
import { findLetter, LETTERS, type LetterData, type LetterName } from "@/lib/mail/letters";
import type { Place } from "@/lib/mail/letters/letter";
import { renderLetter } from "@/lib/mail/render-letter";
import { LETTER_SAMPLES, wordsOf } from "../../factories/letters";

const place: Place = {
  orgName: "Brightside Motors",
  now: new Date("2026-11-25T12:00:00Z"),
  billing: (card) => `https://app.torqueflow.test/settings/billing#${card}`,
  notifications: "https://app.torqueflow.test/settings/notifications",
};
const SUPPORT = "mailto:support@torqueflow.test";

const compose = <Name extends LetterName>(name: Name, data: LetterData<Name>, orgName = place.orgName) =>
  LETTERS[name].compose(data, { ...place, orgName });

const names = Object.keys(LETTERS) as LetterName[];

describe.each(names)("%s", (name) => {
  it("says the same in HTML and in plain text, and leads to the same place", async () => {
    const content = compose(name, LETTER_SAMPLES[name]);
    const { html, text } = await renderLetter(content, SUPPORT);
    const words = wordsOf(html);
    const facts = content.facts.flat();
    for (const said of [
      content.heading,
      ...content.paragraphs,
      ...facts,
      content.action.label,
      content.because,
    ]) {
      expect(words).toContain(said);
      expect(text).toContain(said);
    }
    expect(html).toContain(`href="${content.action.href}"`);
    expect(text).toContain(`\n${content.action.href}\n`);
    const leadsToChoice = [
      html.includes(`href="${place.notifications}"`),
      text.includes(place.notifications),
    ];
    expect(leadsToChoice).toEqual([LETTERS[name].byChoice, LETTERS[name].byChoice]);
    expect(text).not.toMatch(/<[a-z]|&[a-z]+;/);
  });

  it("names the garage in one line of a subject, with typographic apostrophes and nothing left to fill in", async () => {
    const content = compose(name, LETTER_SAMPLES[name]);
    expect(content.subject).toContain("Brightside Motors");
    const all = [content.subject, content.preview, content.heading, ...content.paragraphs, content.because];
    for (const words of all) {
      expect(words).not.toMatch(/'|undefined|null|NaN|\{|\}|\$/);
      expect(words).toBe(words.trim());
    }
    expect(content.subject).not.toMatch(/[\r\n]/);
  });

  it("stands with a long name full of markup, on a phone and in the dark", async () => {
    const orgName =
      `Müller & Söhne’s “Über” <b>Garage</b> ${"of the long and winding road ".repeat(8)}`.trim();
    const { html, text } = await renderLetter(compose(name, LETTER_SAMPLES[name], orgName), SUPPORT);
    expect(html).not.toContain("<b>Garage</b>");
    expect(html).toContain("prefers-color-scheme: dark");
    expect(html).toContain("max-width: 600px");
    expect(html).toContain("max-width:600px");
    expect(text).not.toContain("undefined");
    expect(html).not.toMatch(/<script|<img|https?:\/\/(?!app\.torqueflow\.test|www\.w3\.org)/);
  });

  it("is not written from what is not its own", () => {
    expect(() => LETTERS[name].compose({ nothing: true }, place)).toThrow();
  });
});

describe("the words", () => {
  it("lead each organisation to what helps it", () => {
    const actionOf = (remedy: LetterData<"credits-exhausted">["remedy"]) =>
      compose("credits-exhausted", { shortfall: 0, remedy }).action;
    expect(actionOf("buy")).toEqual({ label: "Buy credits", href: place.billing("credit-packs") });
    expect(actionOf("top-up")).toEqual({ label: "See auto top-up", href: place.billing("auto-top-up") });
    expect(actionOf("top-up-stopped")).toEqual(actionOf("buy"));
    expect(actionOf("pay")).toEqual({ label: "Update payment", href: place.billing("subscription") });
    expect(actionOf("subscribe")).toEqual({ label: "Choose your plan", href: place.billing("subscription") });
  });

  it("count in whole credits and pounds, and have a singular for one credit", () => {
    const low = compose("credits-low", { balance: 1, maximum: 12_000, remedy: "buy" });
    expect(low.subject).toBe("Brightside Motors has used 90% of its AI credits");
    expect([low.preview, low.facts]).toEqual(["1 credit left.", [["Credits left", "1 of 12,000"]]]);
    const owed = compose("credits-exhausted", { shortfall: 1, remedy: "buy" }).paragraphs.join(" ");
    expect(owed).toContain("1 credit was used beyond your balance");
    expect(compose("trial-cap-low", { spentPence: 452, capPence: 500 }).preview).toBe(
      "£4.52 of £5.00 is used.",
    );
    const unpaid = compose("subscription-payment-failed", { amountPence: 123_456, nextAttemptAt: null });
    expect(unpaid.facts).toEqual([["Amount, with VAT", "£1,234.56"]]);
    expect(unpaid.paragraphs.at(-1)).toBe("Please update your payment method and pay the open invoice.");
  });

  it("name the last day on which gifted credits can be used, in London", () => {
    const until = (expiresAt: string) =>
      compose("credits-expiring", { remaining: 20, expiresAt }).facts[1]?.[1];
    expect(until("2026-12-09T00:00:00.000Z")).toBe("8 December");
    expect(until("2026-12-09T14:00:00.000Z")).toBe("9 December");
    expect(until("2027-03-31T23:00:00.000Z")).toBe("31 March 2027");
  });

  it("of a pause lead to what resumes it: another card, another save, or the first card", () => {
    const { pack } = LETTER_SAMPLES["top-up-paused"];
    const paused = (remedy: LetterData<"top-up-paused">["remedy"]) =>
      compose("top-up-paused", { pack, why: "Why.", remedy });
    expect(paused("card").action).toEqual({ label: "Add another card", href: place.billing("subscription") });
    expect(paused("card").paragraphs).toContain("You have not been charged.");
    expect(paused("save").action.href).toBe(place.billing("auto-top-up"));
    expect(paused("save").paragraphs.join(" ")).not.toContain("card");
    expect(paused("buy").action.href).toBe(place.billing("credit-packs"));
  });

  it("never call a limit reached of which some is left", () => {
    const { subject, heading, preview } = compose(
      "top-up-limit-reached",
      LETTER_SAMPLES["top-up-limit-reached"],
    );
    expect(`${subject} ${heading}`).not.toContain("reached");
    expect(preview).toBe("£55.00 of £200.00 is spent this month.");
  });

  it("lead straight to the payment that a bank wants confirmed", () => {
    const { action, paragraphs } = compose(
      "top-up-needs-authentication",
      LETTER_SAMPLES["top-up-needs-authentication"],
    );
    expect(action.href).toBe("https://app.torqueflow.test/top-up/confirm?token=once");
    expect(paragraphs.join(" ")).toContain("by 26 November, 14:05");
  });
});

it("only the limit and the expiry are by choice; payments and disputes are told to frozen organisations, too", () => {
  const those = (holds: (name: LetterName) => boolean) => names.filter(holds).sort();
  expect(those((name) => LETTERS[name].byChoice)).toEqual(["credits-expiring", "top-up-limit-reached"]);
  expect(those((name) => !LETTERS[name].aboutCredits)).toEqual([
    "dispute-opened",
    "subscription-payment-failed",
  ]);
  expect([findLetter("toString"), findLetter("credits-low")]).toEqual([undefined, LETTERS["credits-low"]]);
});

it("a mail is tried again with growing pauses, an hour at most, for a day", () => {
  const queuedAt = new Date("2026-11-25T12:00:00Z");
  const tries: number[] = [];
  let now: Date | undefined = queuedAt;
  for (let attempts = 1; now !== undefined; attempts++) {
    tries.push((now.getTime() - queuedAt.getTime()) / 60_000);
    now = nextAttempt(queuedAt, attempts, now);
  }
  expect(tries.slice(0, 9)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
  expect(tries.at(-1)).toBe(1_383);
  expect(tries).toHaveLength(29);
});
