import { describe, expect, test } from "vitest";
import { groupByConversation } from "@/lib/inbox/core/delivery";
import { messagesChange, metaDelivery, metaMessage, metaStatus, metaText } from "@/tests/factories/whatsapp";
import { parseWhatsApp } from "./parse";

const NUMBER = "106540352242922";
const receivedAt = new Date("2026-11-21T10:00:00Z");
const from = { waId: "447700900123", bsuid: "GB.1" };

const parse = (body: unknown) => parseWhatsApp(Buffer.from(JSON.stringify(body)), receivedAt);
const itemsOf = (...messages: Record<string, unknown>[]) =>
  parse(metaDelivery([messagesChange(NUMBER, { messages })])).items;

function messageOf(type: string, fields: Record<string, unknown>) {
  const [item] = itemsOf(metaMessage(from, type, fields, receivedAt));
  if (item?.kind !== "message") throw new Error("no message");
  return item.message;
}

describe("what a message says", () => {
  test.each([
    ["order", { order: { catalog_id: "c", product_items: [{}, {}] } }, "Order of 2 items"],
    ["order", { order: { text: "For Saturday", product_items: [{}] } }, "For Saturday"],
    [
      "interactive",
      { interactive: { type: "call_permission_reply", call_permission_reply: { response: "accept" } } },
      "Agreed to calls",
    ],
    [
      "interactive",
      { interactive: { type: "call_permission_reply", call_permission_reply: { response: "reject" } } },
      "Declined calls",
    ],
    ["interactive", { interactive: { type: "something_new" } }, "Made a choice"],
    ["document", { document: { id: "1", filename: "invoice.pdf" } }, "invoice.pdf"],
    ["image", { image: { id: "1" } }, "Picture"],
    ["audio", { audio: { id: "1" } }, "Audio"],
    ["location", { location: { latitude: 1, longitude: 2 } }, "Location"],
    ["contacts", { contacts: [{}, { name: { formatted_name: "B" } }] }, "Contact: B"],
    ["button", { button: { payload: "p" } }, "p"],
  ])("%s %j reads %j, and wants an answer", (type, fields, body) => {
    expect(messageOf(type, fields)).toMatchObject({ type, body, wantsAnswer: true });
  });

  test.each([
    [131051, undefined, true],
    [131051, "poll", true],
    [undefined, undefined, true],
    [131060, undefined, false],
    [131051, "edit", false],
    [131051, "revoke", false],
  ])("what WhatsApp does not pass on (%s, %s) wants an answer: %s", (code, type, wantsAnswer) => {
    const fields = { errors: [{ code }], unsupported: { type } };
    expect(messageOf("unsupported", fields)).toMatchObject({ type: "unsupported", wantsAnswer });
  });

  test.each(["STOP", "stop", " Unsubscribe ", "StopAll", "optout"])("%j asks for silence", (body) => {
    expect(messageOf("text", { text: { body } })).toMatchObject({ body, wantsAnswer: false });
  });

  test.each(["Cancel", "End", "please stop", "Start", "Yes"])("%j is an ordinary word here", (body) => {
    expect(messageOf("text", { text: { body } }).wantsAnswer).toBe(true);
  });

  test("is cut where no message is that long, and never through a character", () => {
    const { body } = messageOf("text", { text: { body: `x${"😀".repeat(20_000)}` } });
    expect(body.length).toBeLessThanOrEqual(10_000);
    expect(body).not.toMatch(/\p{Surrogate}/u);
  });

  test("leaves parts out that no column should hold", () => {
    const image = { id: "1", filename: "f".repeat(100_000) };
    expect(messageOf("image", { image }).parts).toEqual({ tooLarge: true });
  });

  test("keeps what it was forwarded from, which product it is about, and what went wrong with it", () => {
    const context = { id: "wamid.0", forwarded: true, referred_product: { catalog_id: "c" } };
    const errors = [{ code: 131052, title: "Media download error" }];
    expect(messageOf("image", { image: { id: "1" }, context, errors })).toMatchObject({
      refersTo: "wamid.0",
      parts: { forwarded: true, referredProduct: { catalog_id: "c" }, error: { code: 131052 } },
    });
  });
});

describe("the time of a message", () => {
  test.each([
    ["1763719200", new Date(1_763_719_200_000)],
    [1_763_719_200, new Date(1_763_719_200_000)],
    ["1763719200123", new Date(1_763_719_200_123)],
    ["1763719200.9", new Date(1_763_719_200_900)],
    ["4102444800", receivedAt],
    ["1e308", receivedAt],
    ["-1", receivedAt],
    ["0", receivedAt],
    ["", receivedAt],
    ["yesterday", receivedAt],
    [null, receivedAt],
    [{}, receivedAt],
  ])("%j is %s", (timestamp, at) => {
    const [item] = itemsOf({ ...metaText(from, "Hi", receivedAt), timestamp });
    expect(item).toMatchObject({ kind: "message", message: { at } });
  });
});

describe("a delivery", () => {
  test("of another object is kept, and holds no items", () => {
    expect(parse({ object: "page", entry: [{ id: "1", changes: [] }] })).toMatchObject({
      items: [],
      strays: [{ type: "object:page", payload: { id: "1", changes: [] } }],
    });
  });

  test("without the number it is for is kept", () => {
    const { items, strays } = parse(
      metaDelivery([{ field: "messages", value: { messages: [metaText(from, "Hi", receivedAt)] } }]),
    );
    expect(items).toEqual([]);
    expect(strays).toMatchObject([{ type: "messages" }]);
  });

  test("with ids longer than any of Meta's keeps those items aside", () => {
    const long = "w".repeat(257);
    const change = messagesChange(NUMBER, {
      messages: [metaText(from, "Hi", receivedAt, long), metaText({ waId: long }, "Hi", receivedAt)],
      statuses: [metaStatus(long, "sent", receivedAt)],
    });
    const { items, strays } = parse(metaDelivery([change]));
    expect(items).toEqual([]);
    expect(strays.map(({ type }) => type)).toEqual(["unreadable", "unreadable", "unreadable"]);
  });
});

describe("items are grouped", () => {
  const wordsOf = (items: ReturnType<typeof itemsOf>) =>
    groupByConversation(items).map((group) =>
      group.map((item) => (item.kind === "message" ? item.message.body : "")),
    );

  test("by person, in their order, by whichever name they are known", () => {
    const items = itemsOf(
      metaText({ waId: "1" }, "a1", receivedAt),
      metaText({ waId: "2" }, "b1", receivedAt),
      metaText({ waId: "1", bsuid: "GB.a" }, "a2", receivedAt),
      metaText({ bsuid: "GB.a" }, "a3", receivedAt),
      metaText({ waId: "2" }, "b2", receivedAt),
    );
    expect(wordsOf(items)).toEqual([
      ["a1", "a2", "a3"],
      ["b1", "b2"],
    ]);
  });

  test("apart where they wrote to different numbers", () => {
    const { items } = parse(
      metaDelivery([
        messagesChange("1", { messages: [metaText(from, "to one", receivedAt)] }),
        messagesChange("2", { messages: [metaText(from, "to two", receivedAt)] }),
      ]),
    );
    expect(wordsOf([...items])).toEqual([["to one"], ["to two"]]);
  });
});
