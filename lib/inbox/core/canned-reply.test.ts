import { expect, it } from "vitest";
import { cannedReply } from "./canned-reply";

const parts = {
  name: "Brightside Motors",
  phone: "0113 496 0001",
  portalUrl: "https://brightside.example",
};
const RECEIVED = "Hi! We’ve received your message and our team will get back to you shortly.";

it.each([
  [
    parts,
    `${RECEIVED} You can also call us on 0113 496 0001 or visit https://brightside.example. - Brightside Motors`,
  ],
  [{ ...parts, portalUrl: null }, `${RECEIVED} You can also call us on 0113 496 0001. - Brightside Motors`],
  [
    { ...parts, phone: null },
    `${RECEIVED} You can also visit https://brightside.example. - Brightside Motors`,
  ],
  [{ ...parts, phone: null, portalUrl: null }, `${RECEIVED} - Brightside Motors`],
])("on WhatsApp a missing placeholder drops its clause", (given, text) => {
  expect(cannedReply("whatsapp", given)).toBe(text);
});

it("by SMS customers see the first sentence", () => {
  expect(cannedReply("sms", parts)).toBe(RECEIVED);
});
