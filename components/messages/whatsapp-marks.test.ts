import { expect, test } from "vitest";
import { piecesOf } from "@/lib/inbox/template-client";
import { type Marked, readMarks } from "./whatsapp-marks";

const html = (marks: readonly Marked[]): string =>
  marks
    .map((one) =>
      "inner" in one
        ? `<${one.kind}>${html(one.inner)}</${one.kind}>`
        : one.kind === "code"
          ? `<code>${one.text}</code>`
          : one.text,
    )
    .join("");

test.each([
  ["plain", "plain"],
  [
    "*bold* and _italic_, ~struck~.",
    "<bold>bold</bold> and <italic>italic</italic>, <struck>struck</struck>.",
  ],
  ["*_both_*", "<bold><italic>both</italic></bold>"],
  ["```a *b*```", "<code>a *b*</code>"],
  ["*_~all~_*", "<bold><italic><struck>all</struck></italic></bold>"],
  ["```a```*b*", "<code>a</code><bold>b</bold>"],
  ["```never closed *b*", "```never closed <bold>b</bold>"],
  ["2 * 3 * 4", "2 * 3 * 4"],
  ["snake_case_name", "snake_case_name"],
  ["* not bold*", "* not bold*"],
  ["*over\ntwo lines*", "*over\ntwo lines*"],
  ["*a* b *c*", "<bold>a</bold> b <bold>c</bold>"],
  ["", ""],
])("%j", (text, shown) => expect(html(readMarks(text))).toBe(shown));

test("what is not filled in yet is told apart from the text, and named", () => {
  expect(piecesOf("Hi {{1}}, your {{ car_model }}")).toEqual([
    { kind: "text", text: "Hi " },
    { kind: "blank", text: "Placeholder 1" },
    { kind: "text", text: ", your " },
    { kind: "blank", text: "Car model" },
  ]);
});
