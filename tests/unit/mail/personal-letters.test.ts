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
  expect(subject).toBe("Sam Bcc: all@garage.test invites you to Brightside Motors");
});

it("a name that no letter has is no letter", () => {
  expect([findPersonalLetter("toString"), findPersonalLetter("invitation")]).toEqual([
    undefined,
    PERSONAL_LETTERS.invitation,
  ]);
});
