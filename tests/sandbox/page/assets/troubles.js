const send = (provider, effect) => ({ provider, on: "send", effect });
const delivery = (provider, effect, match = {}) => ({ provider, on: "delivery", match, effect });
const answer = (effect) => ({ provider: "ai", on: "complete", effect });
const rest = (effect) => ({ provider: "stripe", on: "rest", effect });
const error = (code) => ({ kind: "error", code });
const report = { event: "end-of-call-report" };

/** What can be made to go wrong, in a person's words. */
export const TROUBLES = [
  {
    title: "WhatsApp",
    items: [
      ["Refuse: window closed (131047)", send("meta", error(131047))],
      ["Refuse: undeliverable (131026)", send("meta", error(131026))],
      ["Refuse: too many to one person (131056)", send("meta", error(131056))],
      ["Refuse: throughput (130429)", send("meta", error(130429))],
      ["Refuse: token expired (190)", send("meta", error(190))],
      ["Meta is down (131016)", send("meta", error(131016))],
      ["Refuse: the template is paused (132015)", send("meta", error(132015))],
      ["Accept, then hold marketing back (131049)", send("meta", { kind: "failed-status", code: 131049 })],
      ["Accept, then fail (131026)", send("meta", { kind: "failed-status", code: 131026 })],
      ["Phone is off: stays at sent", send("meta", { kind: "stops-at", status: "sent" })],
      ["Webhook comes twice", delivery("meta", { kind: "duplicate", copies: 1 })],
      ["Webhook comes 10 seconds late", delivery("meta", { kind: "delay", ms: 10000 })],
      ["Webhook changes places with the next", delivery("meta", { kind: "reorder" })],
      ["Webhook is forged", delivery("meta", { kind: "forge" })],
    ],
  },
  {
    title: "SMS",
    items: [
      ["Refuse: opted out (21610)", send("twilio", error(21610))],
      ["Refuse: too many requests (20429)", send("twilio", error(20429))],
      ["Filtered by the carrier (30007)", send("twilio", { kind: "failed-status", code: 30007 })],
      ["Phone unreachable (30003)", send("twilio", { kind: "failed-status", code: 30003 })],
      ["Webhook comes twice", delivery("twilio", { kind: "duplicate", copies: 1 })],
      ["Incoming message is lost", delivery("twilio", { kind: "drop" }, { type: "message" })],
    ],
  },
  {
    title: "AI",
    items: [
      ["Answer after 5 seconds", answer({ kind: "latency", ms: 5000 })],
      ["Never answer", answer({ kind: "timeout" })],
      ["Too many requests (429)", answer({ kind: "http", status: 429 })],
      ["Server error (500)", answer({ kind: "http", status: 500 })],
      ["Refuse", answer({ kind: "refusal" })],
      ["Content filter", answer({ kind: "content-filter" })],
      ["Say nothing", answer({ kind: "empty" })],
      ["Broken JSON", answer({ kind: "malformed" })],
    ],
  },
  {
    title: "Voice",
    items: [
      ["Report never comes", delivery("vapi", { kind: "drop" }, report)],
      ["Report comes twice", delivery("vapi", { kind: "duplicate", copies: 1 }, report)],
      ["Report 30 seconds late", delivery("vapi", { kind: "delay", ms: 30000 }, report)],
      ["Report before the end", delivery("vapi", { kind: "reorder" }, { type: "status-update:ended" })],
    ],
  },
  {
    title: "Payments",
    items: [
      ["Too many requests (429)", rest(error(429))],
      ["Server error (500)", rest(error(500))],
      ["Answer after 5 seconds", rest({ kind: "latency", ms: 5000 })],
      ["Carried out, answer lost (503)", rest({ kind: "lost-answer", status: 503 })],
      ["Event is lost", delivery("stripe", { kind: "drop" })],
      ["Event comes twice", delivery("stripe", { kind: "duplicate", copies: 1 })],
      ["Event changes places with the next", delivery("stripe", { kind: "reorder" })],
      ["Event is forged", delivery("stripe", { kind: "forge" })],
    ],
  },
  {
    title: "Mail",
    items: [
      ["Refuse for now (451)", { provider: "smtp", on: "message", effect: { kind: "error", code: 451 } }],
      ["Refuse for good (550)", { provider: "smtp", on: "message", effect: { kind: "error", code: 550 } }],
      ["Taken, answer lost", { provider: "smtp", on: "message", effect: { kind: "lost-answer" } }],
    ],
  },
];

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The words of a behaviour which was set here; undefined for one that a test set. */
export function wordsFor({ provider, on, match = {}, effect }) {
  for (const { title, items } of TROUBLES)
    for (const [words, known] of items)
      if (
        known.provider === provider &&
        known.on === on &&
        same(known.match ?? {}, match) &&
        same(known.effect, effect)
      )
        return `${title}: ${words}`;
  return undefined;
}
