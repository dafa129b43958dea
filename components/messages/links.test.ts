import { describe, expect, test } from "vitest";
import { linksIn } from "./links";

const links = (text: string) => linksIn(text).flatMap(({ href, text: part }) => (href ? [[part, href]] : []));

describe("addresses in a message", () => {
  test.each([
    ["See https://gov.uk/check-mot.", [["https://gov.uk/check-mot", "https://gov.uk/check-mot"]]],
    ["www.example.com, thanks", [["www.example.com", "https://www.example.com/"]]],
    [
      "(https://en.wikipedia.org/wiki/Golf_(car))",
      [["https://en.wikipedia.org/wiki/Golf_(car)", "https://en.wikipedia.org/wiki/Golf_(car)"]],
    ],
    ["HTTP://EXAMPLE.COM/A", [["HTTP://EXAMPLE.COM/A", "http://example.com/A"]]],
    ["a.b", []],
    ["javascript:alert(1)", []],
    ["https://bank.co.uk@evil.example/", []],
    ["https://localhost/admin", []],
    ["https://", []],
    ["https://a.uk/(b))).", [["https://a.uk/(b)", "https://a.uk/(b)"]]],
    [`https://a.uk/${"b".repeat(2_048)}`, []],
  ])("%s", (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  test.each(["Hi https://a.uk and www.b.uk!", "no links at all", "", "https://a.uk"])(
    "nothing of a text is lost: %s",
    (text) => {
      expect(
        linksIn(text)
          .map((part) => part.text)
          .join(""),
      ).toBe(text);
    },
  );
});
