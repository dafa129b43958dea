import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { CallBackReasons } from "./call-back-reasons";

const NOW = new Date("2026-11-21T12:00:00Z");

const rendered = (times: number) => {
  const calls = Array.from({ length: times }, (_, nth) => ({
    id: `b${nth}`,
    callId: `c${nth}`,
    name: "Zoë Łuczak",
    reason: `Reason ${nth}`,
    createdAt: new Date(NOW.getTime() - (times - nth) * 60_000).toISOString(),
  }));
  const callBack = { name: "Zoë Łuczak", calls };
  const html = renderToStaticMarkup(
    <CallBackReasons callBack={callBack} now={NOW} onOpenCall={() => undefined} />,
  );
  const [before = "", folded] = html.split("<details");
  const reasonsIn = (part: string) => part.match(/Reason \d+/g) ?? [];
  return { before: reasonsIn(before), folded: folded === undefined ? null : reasonsIn(folded), html };
};

test("somebody who rang thirteen times shows the two latest reasons, and eleven more when they are asked for", () => {
  const { before, folded, html } = rendered(13);
  expect(before).toEqual(["Reason 11", "Reason 12"]);
  expect(folded).toEqual(Array.from({ length: 11 }, (_, nth) => `Reason ${nth}`));
  expect(html).toContain("11 more");
});

test("who rang once or twice shows all of it", () => {
  expect([rendered(1), rendered(2)]).toMatchObject([
    { before: ["Reason 0"], folded: null },
    { before: ["Reason 0", "Reason 1"], folded: null },
  ]);
});
