import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ClosuresFields } from "./closures-fields";

test("on a narrow screen a closure has two rows: its two days in equal halves, then its name and the bin", () => {
  const closure = { from: "2026-12-25", to: "2026-12-26", name: "Christmas" };
  const markup = renderToStaticMarkup(
    <ClosuresFields
      closures={[closure]}
      today="2026-11-26"
      onChange={() => undefined}
      problemOf={() => undefined}
    />,
  );
  const [, days = "", rest = ""] =
    /<div class="[^"]*grid-cols-2[^"]*">(.*?)<\/div><div class="flex [^"]*">(.*?)<\/div>/.exec(markup) ?? [];
  const labels = (part: string) => [...part.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label);
  expect(labels(days)).toEqual(["Closure 1: first day", "Closure 1: last day"]);
  expect(labels(rest)).toEqual(["Closure 1: name", "Remove closure 1"]);
  expect(/<fieldset.*<\/fieldset>/.exec(markup)?.[0]).not.toContain("flex-wrap");
});
