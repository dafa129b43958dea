import { describe, expect, test } from "vitest";
import { detailsOf } from "./line-details";
import { type LineFacts, problemsOf } from "./line-problems";
import type { SmsReading, VoiceReading, WhatsAppReading } from "./reading";

const there = { exists: true, number: "+441134960001", name: "Brightside" } as const;
const ours = { at: "ours", host: null } as const;
const voice: VoiceReading = {
  ...there,
  channel: "voice",
  status: "active",
  assistant: false,
  pointing: ours,
};
const sms: SmsReading = { ...there, channel: "sms", capable: true, pointing: ours };
const whatsapp: WhatsAppReading = {
  ...{ ...there, channel: "whatsapp", status: "CONNECTED", nameStatus: "APPROVED", quality: "GREEN" },
  ...{ limit: "TIER_1K", verification: "VERIFIED", subscribed: true, pointing: ours },
};
const facts = (given: Partial<LineFacts>): LineFacts => ({
  ...{ channel: "whatsapp", connected: true, reached: true, reading: whatsapp, failure: null },
  ...given,
});
const told = (given: Partial<LineFacts>) =>
  problemsOf(facts(given)).map(({ code, severity, by }) => `${code} ${severity} ${by}`);
const elsewhere = { at: "elsewhere", host: "other.example" } as const;
const meta = (change: Partial<WhatsAppReading>) => ({ reading: { ...whatsapp, ...change } });

describe("a line that is well", () => {
  test.each([
    ["voice", { channel: "voice", reading: voice }],
    ["WhatsApp", {}],
    ["SMS", { channel: "sms", reading: sms }],
    ["a number that Meta has not rated", meta({ quality: "UNKNOWN", nameStatus: "NONE" })],
    ["a number whose code has expired since", meta({ verification: "EXPIRED" })],
    ["a provider that says nothing of a field", meta({ status: null, quality: null, subscribed: null })],
  ] satisfies [string, Partial<LineFacts>][])("%s has no problem", (_, given) => {
    expect(told(given)).toEqual([]);
  });
});

test.each([
  [
    { failure: "silent", reading: undefined, reached: false },
    ["no-answer unknown garage", "never-reached unknown garage"],
  ],
  [{ failure: "refused" }, ["token-refused unknown support"]],
  // What was known before the provider fell silent still counts.
  [
    { failure: "silent", ...meta({ quality: "RED" }) },
    ["quality-red limits garage", "no-answer unknown garage"],
  ],
  [{ reached: false }, ["never-reached unknown garage"]],
  [{ reached: false, connected: false }, []],
  // What is wrong says already why nothing came.
  [{ reached: false, reading: { exists: false } }, ["not-ours stops support"]],
  [{ channel: "voice", reading: { exists: false } }, ["not-ours stops support"]],
  [meta({ quality: "YELLOW" }), ["quality-yellow limits garage"]],
  [meta({ quality: "PURPLE" }), ["unknown-word unknown garage"]],
  [meta({ status: "constructor" }), ["unknown-word unknown garage"]],
  [
    meta({ status: "PENDING", verification: "NOT_VERIFIED" }),
    ["status-pending stops support", "verification-not-verified stops support"],
  ],
  [meta({ status: "UNVERIFIED", verification: "NOT_VERIFIED" }), ["status-unverified stops support"]],
  [meta({ status: "BANNED" }), ["status-banned stops support"]],
  [meta({ status: "RATE_LIMITED" }), ["status-rate-limited limits garage"]],
  [meta({ nameStatus: "DECLINED" }), ["name-declined limits support"]],
  [meta({ subscribed: false }), ["not-subscribed stops button"]],
  [{ ...meta({ subscribed: false }), connected: false }, []],
  [meta({ pointing: elsewhere }), ["points-elsewhere stops support"]],
  [{ channel: "sms", reading: { ...sms, pointing: elsewhere } }, ["points-elsewhere stops button"]],
  [
    { channel: "sms", reading: { ...sms, pointing: { at: "nowhere", host: null } } },
    ["points-nowhere stops button"],
  ],
  [{ channel: "sms", reading: { ...sms, capable: false } }, ["no-sms stops support"]],
  [{ channel: "sms", connected: false, reading: { ...sms, pointing: elsewhere } }, []],
  [{ channel: "voice", reading: { ...voice, status: "blocked" } }, ["blocked stops support"]],
  [{ channel: "voice", reading: { ...voice, status: "activating" } }, ["activating stops garage"]],
  [{ channel: "voice", reading: { ...voice, status: "paused" } }, ["unknown-word unknown garage"]],
  [{ channel: "voice", reading: { ...voice, assistant: true } }, ["other-assistant stops button"]],
] satisfies [Partial<LineFacts>, string[]][])("%j is told as %j", (given, codes) => {
  expect(told(given)).toEqual(codes);
});

test("each problem says what is wrong and what to do, in whole sentences", () => {
  const everything = [
    ...problemsOf(
      facts({ failure: "silent", reached: false, ...meta({ quality: "RED", nameStatus: "EXPIRED" }) }),
    ),
    ...problemsOf(facts({ channel: "voice", reading: { ...voice, assistant: true, pointing: elsewhere } })),
  ];
  for (const { what, next } of everything) expect([what, next].join(" ")).toMatch(/^\p{Lu}.*\.$/u);
});

test("what a provider says is told in words, and a new word as it came", () => {
  expect(detailsOf({ ...whatsapp, quality: "VERY_GREEN", limit: "TIER_5K", pointing: elsewhere })).toEqual([
    { label: "Registration", value: "Registered" },
    { label: "Name", value: "Brightside, approved" },
    { label: "Quality", value: "Very green" },
    { label: "May write first to", value: "tier 5k" },
    { label: "Delivers to", value: "other.example" },
  ]);
  expect(detailsOf({ exists: false })).toEqual([]);
});
