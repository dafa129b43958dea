import { CANNED, DAY, EVERYBODY, HOUR, type Story } from "./story";

/** What the AI answers, and what it leaves to people: one conversation for each reason. */
export const BRIGHTSIDE: readonly Story[] = [
  {
    key: "registration",
    channel: "whatsapp",
    name: "Siobhán O’Connor-Featherstonehaugh",
    record: {
      name: "Siobhán O’Connor-Featherstonehaugh",
      registration: "AB12CDE",
      description: "Ford Focus 1.5 EcoBoost Titanium Estate, 2012, Magnetic Grey",
      motInDays: 6,
      job: { title: "Rear wheel bearing and full service", status: "in_progress" },
      booking: { service: "MOT", day: 6, hour: 9 },
    },
    lines: [
      {
        ago: 31,
        by: "customer",
        as: "answered",
        intent: "work_status",
        text: "Hiya, it’s the Focus, alpha bravo twelve, charlie delta echo. Any news?",
      },
      {
        ago: 30,
        by: "ai",
        text: "Hello Siobhán, AB12 CDE is with the technician now: rear wheel bearing and full service. We’ll message you as soon as it’s ready.",
      },
      {
        ago: 27,
        by: "customer",
        as: "answered",
        intent: "thanks",
        text: "You’re a star, thanks. No rush, I’m at my mum’s till five",
      },
      { ago: 26, by: "ai", text: "Noted, thank you. We’re here until 17:30.", status: "read" },
    ],
  },
  {
    key: "emoji",
    channel: "whatsapp",
    name: "Zosia Wiśniewska",
    lines: [
      {
        ago: 3 * HOUR,
        by: "customer",
        as: "answered",
        intent: "collection",
        text: "Picked it up this morning, runs like new",
      },
      { ago: 3 * HOUR - 1, by: "ai", text: "That’s good to hear, Zosia. Safe driving!", status: "read" },
      { ago: 3 * HOUR - 4, by: "customer", as: "answered", intent: "thanks", text: "🙏🚗💨" },
    ],
    readBy: EVERYBODY,
  },
  {
    key: "complaint",
    channel: "whatsapp",
    name: "محمد العلي",
    lines: [
      {
        ago: 52,
        by: "customer",
        as: "handed-off",
        intent: "escalation_request",
        text: "السلام عليكم. The brakes are squealing again, two days after you changed them. I want to speak to somebody today.",
      },
      {
        ago: 52,
        by: "canned",
        text: CANNED,
      },
    ],
    attention: "asked-for-a-person",
    summary: "Brakes squeal again two days after the change. Wants to speak to a person today.",
  },
  {
    key: "odd-offer",
    channel: "sms",
    name: null,
    lines: [
      {
        ago: 4 * HOUR,
        by: "customer",
        as: "handed-off",
        intent: "spam",
        text: "Dear garage owner, rank FIRST on Google this month, guaranteed. Reply for a free audit of your website",
      },
      {
        ago: 4 * HOUR,
        by: "canned",
        text: CANNED,
      },
    ],
    attention: "ai-unsure",
    summary: "Looks like advertising, but not surely: kept for somebody to look at.",
    readBy: ["owner"],
  },
  {
    key: "spam",
    channel: "sms",
    name: null,
    lines: [
      {
        ago: 9 * HOUR,
        by: "customer",
        as: "answered",
        intent: "spam",
        text: "CONGRATS!!! You have been chosen 4 a £1000 voucher >> claim-now.example",
      },
    ],
    readBy: EVERYBODY,
  },
  {
    key: "undelivered",
    channel: "whatsapp",
    name: "Gordon P.",
    lines: [
      {
        ago: 7 * HOUR,
        by: "customer",
        as: "team",
        text: "What did the diagnostic say? Ring me after 3 if you can",
      },
      {
        ago: 6 * HOUR,
        by: "staff",
        role: "advisor",
        text: "It’s the NOx sensor, £312 fitted. Shall we go ahead?",
        failed: { code: 131026, text: "WhatsApp cannot deliver to this customer. Try another channel." },
      },
    ],
    holder: "advisor",
    attention: "not-delivered",
    readBy: ["advisor"],
  },
  {
    key: "snooze-over",
    channel: "whatsapp",
    name: "Hannah & Ben",
    record: {
      name: "Hannah Whitaker",
      registration: "LK21VRM",
      description: "Volvo XC40 T3, 2021, white",
      motInDays: 41,
      job: { title: "Front shock absorbers", status: "waiting_parts" },
    },
    lines: [
      {
        ago: 22 * HOUR,
        by: "customer",
        as: "team",
        text: "Have the shock absorbers come in yet?",
      },
      {
        ago: 21 * HOUR,
        by: "staff",
        role: "manager",
        text: "Not yet, the supplier says tomorrow morning. I’ll check and let you know.",
        status: "read",
      },
    ],
    events: [
      { ago: 21 * HOUR - 1, kind: "snoozed", by: "manager", untilAgo: 45 },
      { ago: 45, kind: "snooze_over", by: null },
    ],
    holder: "manager",
    assignee: "manager",
    attention: "snooze-over",
    readBy: ["manager"],
  },
  {
    key: "late",
    channel: "whatsapp",
    name: "Callum R",
    lines: [
      {
        ago: 27 * HOUR,
        by: "customer",
        as: "team",
        text: "Van’s cutting out on the M62, can you take it in tomorrow first thing?",
        arrivedAgo: 65,
      },
    ],
    attention: "window-closed",
  },
  {
    key: "opted-out",
    channel: "sms",
    name: null,
    lines: [
      { ago: 2 * DAY, by: "customer", as: "shown", text: "STOP" },
      {
        ago: 5 * HOUR,
        by: "customer",
        as: "team",
        text: "Is my tyre in yet? The one I ordered Monday",
      },
    ],
    optedOutAgo: 2 * DAY,
    attention: "no-automatic-answer",
    readBy: ["advisor"],
  },
  {
    key: "missed-call",
    channel: "whatsapp",
    name: "Nadia",
    lines: [
      {
        ago: 80,
        by: "customer",
        as: "shown",
        type: "call",
        text: "Missed WhatsApp call",
        parts: { ended: true, seconds: null },
      },
    ],
    attention: "missed-call",
  },
];
