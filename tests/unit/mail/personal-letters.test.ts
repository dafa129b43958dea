import { describe, expect, it } from "vitest";
import { findPersonalLetter, PERSONAL_LETTERS, type PersonalLetterName } from "@/lib/mail/personal-letters";
import { renderLetter } from "@/lib/mail/render-letter";
import { PERSONAL_LETTER_SAMPLES, wordsOf } from "../../factories/letters";

const PLACE = {
  now: new Date("2026-11-25T12:00:00Z"),
  page: (path: string) => `https://app.torqueflow.test${path}`,
};

const compose = (name: PersonalLetterName, data: object = {}) =>
  PERSONAL_LETTERS[name].compose({ ...PERSONAL_LETTER_SAMPLES[name], ...data }, PLACE);

describe.each(Object.keys(PERSONAL_LETTERS) as PersonalLetterName[])("%s", (name) => {
  it("says the same in HTML and in plain text, and leads to the same places", async () => {
    const content = compose(name);
    const { html, text } = await renderLetter(content, "mailto:support@torqueflow.test");
    const actions = [content.action, ...(content.second ? [content.second] : [])];
    for (const said of [
      content.heading,
      ...content.paragraphs,
      ...content.facts.flat(),
      ...actions.map(({ label }) => label),
      content.because,
    ]) {
      expect(wordsOf(html)).toContain(said);
      expect(text).toContain(said);
    }
    for (const { href } of actions) {
      expect(html).toContain(`href="${href}"`);
      expect(text).toContain(`\n${href}\n`);
    }
    expect(html).not.toMatch(/<script|<img|https?:\/\/(?!app\.torqueflow\.test|www\.w3\.org)/);
  });

  it("has typographic apostrophes and nothing left to fill in, and is not written from what is not its own", () => {
    const { subject, preview, heading, paragraphs, because } = compose(name);
    for (const words of [subject, preview, heading, ...paragraphs, because]) {
      expect(words).not.toMatch(/'|undefined|null|NaN|\{|\}|\$|[\r\n]/);
      expect(words).toBe(words.trim());
    }
    if (name !== "address-known")
      expect(() => PERSONAL_LETTERS[name].compose({ nothing: true }, PLACE)).toThrow();
  });

  it("its token stands behind the # of its button's address, where no server sees it, and in no word", () => {
    const { action, second, ...words } = compose(name);
    const token = Reflect.get(PERSONAL_LETTER_SAMPLES[name], "token");
    expect(new URL(action.href).hash).toBe(token === undefined ? "" : `#${token}`);
    if (token !== undefined) expect(JSON.stringify([second, words])).not.toContain(token);
  });
});

it("what a member typed stays in one line of a subject", () => {
  const { subject } = compose("invitation", { invitedBy: "Sam\r\nBcc: all@garage.test" });
  expect(subject).toBe("Sam Bcc: all@garage test invites you to Brightside Motors");
});

it.each([
  ["Win at www.evil.example", "Win at www evil example"],
  ["https://evil.co.uk/pay now", "https evil co uk/pay now"],
  ["Torqueflow security, evil-site.com", "Torqueflow security, evil-site com"],
  ["evil.\u200Bcom", "evil com"],
  ["evil\u3002com or evil\uFF0Ecom", "evil com or evil com"],
  ["пример.рф, a.b.xn--p1ai", "пример рф, a.b xn--p1ai"],
  ["mailto:sam@evil.com", "mailto sam@evil com"],
  ["Pay at 203.0.113.9/x", "Pay at 203 0 113 9/x"],
  ["St. John’s Garage", "St. John’s Garage"],
  ["A.B. Motors", "A.B. Motors"],
  ["J. P. Smith & Sons Ltd.", "J. P. Smith & Sons Ltd."],
  ["Open 24.7 from 9:30, No.1 Garage", "Open 24.7 from 9:30, No.1 Garage"],
])(
  "a garage or a person called %j stands in an invitation as %j, where no mail program makes a link of it",
  async (typed, shown) => {
    const content = compose("invitation", { invitedBy: typed, orgName: typed });
    expect(content.subject).toBe(`${shown} invites you to ${shown}`);
    const { text } = await renderLetter(content, "mailto:support@torqueflow.test");
    expect(text).toContain(`${shown} of ${shown} gave us this address.`);
    if (typed !== shown) expect(text + content.subject + content.preview).not.toContain(typed);
  },
);

it("a name that no letter has is no letter", () => {
  expect([findPersonalLetter("toString"), findPersonalLetter("invitation")]).toEqual([
    undefined,
    PERSONAL_LETTERS.invitation,
  ]);
});
