import { expect, test } from "vitest";
import { previewCanned, smsReply } from "./canned-preview";
import { cannedReply } from "./core/canned-reply";

const GARAGE = {
  name: "Brightside Motors",
  phone: "0113 496 0001",
  portalUrl: "https://brightside.example",
};

test("what owners see is what customers get, with and without each placeholder", () => {
  const sent = (change: Partial<Record<"phone" | "portalUrl", null>>) =>
    cannedReply("whatsapp", { ...GARAGE, ...change });
  expect(previewCanned(GARAGE).map(({ text }) => text)).toEqual([
    sent({}),
    sent({ phone: null }),
    sent({ portalUrl: null }),
    sent({ phone: null, portalUrl: null }),
  ]);
  expect(previewCanned({ ...GARAGE, phone: null }).map(({ text }) => text)).toEqual([
    sent({ phone: null }),
    sent({ phone: null, portalUrl: null }),
  ]);
  expect(smsReply()).toBe(cannedReply("sms", GARAGE));
});
