import { describe, expect, test } from "vitest";
import { faultsOf, fillTemplate, parametersOf, type TemplateContent, textOf, variablesOf } from "./template";
import { firstNameOf, type KnownValues, knownValues } from "./template-values";

const content = (given: Partial<TemplateContent>): TemplateContent => ({
  format: "positional",
  header: null,
  body: "Hi {{1}}, your {{2}} is ready.",
  footer: null,
  buttons: [],
  examples: {},
  ...given,
});

const NAMED = content({
  format: "named",
  header: "For {{first_name}}",
  body: "Hi {{first_name}}, see you at {{ garage }}. {{first_name}}!",
  footer: "Reply here",
  buttons: [
    { kind: "reply", text: "Yes" },
    { kind: "link", text: "Track", url: "https://garage.example/{{1}}" },
  ],
  examples: { "body.garage": "Brightside" },
});
const VALUES = {
  "header.first_name": "Sam",
  "body.first_name": " Sam ",
  "body.garage": "Low Fell",
  "button.1": "ab12",
};

describe("filling in", () => {
  test("each placeholder is one variable of its part, in order", () => {
    expect(variablesOf(NAMED)).toEqual([
      { key: "header.first_name", part: "header", name: "first_name", example: "" },
      { key: "body.first_name", part: "body", name: "first_name", example: "" },
      { key: "body.garage", part: "body", name: "garage", example: "Brightside" },
      { key: "button.1", part: "button", name: "1", example: "" },
    ]);
  });

  test("makes what the customer sees, what staff read, and what the provider is given", () => {
    const filled = fillTemplate(NAMED, VALUES);
    expect(filled).toEqual({
      header: "For Sam",
      body: "Hi Sam, see you at Low Fell. Sam!",
      footer: "Reply here",
      buttons: [
        { kind: "reply", text: "Yes" },
        { kind: "link", text: "Track", url: "https://garage.example/ab12" },
      ],
    });
    expect(textOf(filled)).toBe("For Sam\n\nHi Sam, see you at Low Fell. Sam!\n\nReply here");
    expect(parametersOf(NAMED, VALUES)).toEqual([
      { part: "header", name: "first_name", text: "Sam" },
      { part: "body", name: "first_name", text: "Sam" },
      { part: "body", name: "garage", text: "Low Fell" },
      { part: "button", index: 1, text: "ab12" },
    ]);
  });

  test("a value is never read as a placeholder or a pattern of its own, and one without a value stays", () => {
    const filled = fillTemplate(content({}), { "body.1": "$& {{2}}" });
    expect(filled.body).toBe("Hi $& {{2}}, your {{2}} is ready.");
  });
});

describe("faults", () => {
  const fault = (value: string) => faultsOf(content({}), { "body.1": value, "body.2": "Focus" })["body.1"];

  test.each([
    ["", "Fill this in"],
    [" \u200b ", "Fill this in"],
    ["a\nb", "one line"],
    ["a\tb", "one line"],
    ["a    b", "three spaces"],
    ["{{2}}", "double braces"],
    ["x".repeat(1_100), "too long"],
  ])("%j: %s", (value, words) => expect(fault(value)).toContain(words));

  test.each(["Sam", "a   b", "Ann-Marie O’Neil", "  Sam  ", "x".repeat(900)])("%j is taken", (value) =>
    expect(fault(value)).toBeUndefined(),
  );

  test("the header has a length of its own, and a link takes no spaces", () => {
    const long = { ...VALUES, "header.first_name": "x".repeat(57), "button.1": "a b" };
    expect(faultsOf(NAMED, long)).toEqual({
      "header.first_name": "The heading is 1 character too long: shorten this.",
      "button.1": "This becomes part of a link: leave out the spaces.",
    });
    expect(faultsOf(NAMED, VALUES)).toEqual({});
  });
});

describe("what is known", () => {
  const KNOWN: KnownValues = {
    firstName: "Sam",
    vehicle: { description: "Ford Focus", registration: "AB12CDE" },
    garage: "Brightside Motors",
    appointment: new Date("2026-11-24T10:30:00Z"),
  };
  const known = (body: string, format: TemplateContent["format"], examples: Record<string, string> = {}) =>
    Object.values(knownValues(content({ body, format, examples }), KNOWN));

  test("named placeholders are filled by their names", () => {
    expect(
      known("{{customer_name}} {{car}} {{garage_name}} {{appointment_time}} {{price}}", "named"),
    ).toEqual(["Sam", "Ford Focus (AB12 CDE)", "Brightside Motors", "Tuesday 24 November at 10:30", ""]);
    expect(known("{{name}} {{vehicle}} {{reg}} {{date}} {{time}}", "named")).toEqual([
      "Sam",
      "Ford Focus",
      "AB12 CDE",
      "Tuesday 24 November 2026",
      "10:30",
    ]);
  });

  test("numbered ones by their examples and the words before them; what is not clear stays empty", () => {
    expect(known("Hi {{1}}, your {{2}} is ready to collect from *{{3}}*.", "positional")).toEqual([
      "Sam",
      "Ford Focus (AB12 CDE)",
      "Brightside Motors",
    ]);
    const examples = { "body.1": "Tuesday 3 March at 09:30", "body.2": "AB12 CDE", "body.3": "£120" };
    expect(known("At {{1}}: {{2}} for {{3}}", "positional", examples)).toEqual([
      "Tuesday 24 November at 10:30",
      "AB12 CDE",
      "",
    ]);
  });

  test("a vehicle is named by make and model, without its year and colour", () => {
    const vehicle = { description: "Mercedes-Benz Sprinter 314, 2019, white", registration: "YD19KXP" };
    const said = (body: string) =>
      Object.values(knownValues(content({ body, format: "named" }), { ...KNOWN, vehicle }));
    expect(said("{{vehicle}}")).toEqual(["Mercedes-Benz Sprinter 314 (YD19 KXP)"]);
    expect(said("{{vehicle}} {{reg}}")).toEqual(["Mercedes-Benz Sprinter 314", "YD19 KXP"]);
  });

  test("of nobody known only the garage's name is filled in", () => {
    const stranger = { ...KNOWN, firstName: null, vehicle: null, appointment: null };
    const values = knownValues(
      content({ body: "{{name}} {{vehicle}} {{garage}} {{time}}", format: "named" }),
      stranger,
    );
    expect(Object.values(values)).toEqual(["", "", "Brightside Motors", ""]);
  });

  test.each([
    ["Sam Ortiz", "Sam"],
    [" Sam ", "Sam"],
    ["Mr Ortiz", "Mr Ortiz"],
    ["Pennine Parcels (Steph, fleet)", null],
    ["Hale Limited", null],
    ["Hale & Sons", null],
    ["Brightside Motors", null],
    ["A1 Tyres", null],
    ["Ortiz, Sam", null],
    ["Van Morrison", "Van"],
    ["Carsten Limitedson", "Carsten"],
    ["", null],
    [null, null],
  ])("the first name of %j is %j", (name, first) => expect(firstNameOf(name)).toBe(first));
});
