import { describe, expect, test } from "vitest";
import { readTemplate } from "./read-template";

const given = (components: unknown, fields: object = {}) => ({
  id: "1234",
  name: "vehicle_ready",
  language: "en_GB",
  status: "APPROVED",
  category: "UTILITY",
  components,
  ...fields,
});
const BODY = { type: "BODY", text: "Hi {{1}}", example: { body_text: [["Sarah"]] } };

test("a template is read with its header, body, footer, buttons and examples", () => {
  const template = readTemplate(
    given([
      { type: "HEADER", format: "TEXT", text: "For {{1}}", example: { header_text: ["Sarah"] } },
      BODY,
      { type: "FOOTER", text: "Reply here" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Yes" },
          { type: "URL", text: "Track", url: "https://x.example/{{1}}", example: ["https://x.example/ab12"] },
          { type: "PHONE_NUMBER", text: "Ring us", phone_number: "+441134960001" },
        ],
      },
    ]),
  );
  expect(template).toEqual({
    providerId: "1234",
    name: "vehicle_ready",
    language: "en_GB",
    category: "utility",
    status: "approved",
    unusable: null,
    content: {
      format: "positional",
      header: "For {{1}}",
      body: "Hi {{1}}",
      footer: "Reply here",
      buttons: [
        { kind: "reply", text: "Yes" },
        { kind: "link", text: "Track", url: "https://x.example/{{1}}" },
        { kind: "call", text: "Ring us" },
      ],
      examples: { "header.1": "Sarah", "body.1": "Sarah", "button.1": "ab12" },
    },
  });
});

test("named examples are read with their names", () => {
  const body = {
    type: "BODY",
    text: "Hi {{first_name}}",
    example: { body_text_named_params: [{ param_name: "first_name", example: "Sarah" }] },
  };
  expect(readTemplate(given([body], { parameter_format: "NAMED" }))?.content).toMatchObject({
    format: "named",
    examples: { "body.first_name": "Sarah" },
  });
});

describe("what cannot be sent from here says why", () => {
  test.each([
    ["a picture", [{ type: "HEADER", format: "IMAGE" }, BODY], "begins with a file"],
    ["a place", [{ type: "HEADER", format: "LOCATION" }, BODY], "place on the map"],
    ["a form", [BODY, { type: "BUTTONS", buttons: [{ type: "FLOW", text: "Book" }] }], "form of WhatsApp’s"],
    ["an offer code", [BODY, { type: "BUTTONS", buttons: [{ type: "COPY_CODE" }] }], "offer code"],
    ["a carousel", [BODY, { type: "CAROUSEL", cards: [] }], "carousel"],
    ["a part of tomorrow", [BODY, { type: "HOLOGRAM" }], "part that can’t be filled in"],
    [
      "a button of tomorrow",
      [BODY, { type: "BUTTONS", buttons: [{ type: "TELEPORT" }] }],
      "button that can’t",
    ],
    ["no text", [], "no text"],
    ["nonsense", [null, 7, "x", { type: 3 }], "part that can’t be filled in"],
  ])("%s", (_, components, words) => {
    const template = readTemplate(given(components));
    expect(template?.unusable).toContain(words);
  });

  test("an authentication template", () =>
    expect(readTemplate(given([BODY], { category: "AUTHENTICATION" }))?.unusable).toContain(
      "one-time codes",
    ));
});

test.each([
  null,
  7,
  [],
  {},
  { id: "1", name: "x" },
  given([BODY], { name: "x".repeat(600) }),
  given([BODY], { status: null }),
])("what is no template, such as %j, is left out", (item) => expect(readTemplate(item)).toBeUndefined());
