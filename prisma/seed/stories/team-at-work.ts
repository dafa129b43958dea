import { CANNED, DAY, EVERYBODY, HOUR, type Story } from "./story";

/** What the garage's own people have in hand, have set aside, and have dealt with. */
export const TEAM_AT_WORK: readonly Story[] = [
  {
    key: "estimate",
    channel: "whatsapp",
    name: "Dr. Ngozi Adeyemi",
    record: {
      name: "Ngozi Adeyemi",
      registration: "KP68XJL",
      description: "BMW 320d Touring, 2018, black",
      motInDays: 203,
      job: { title: "Timing chain inspection", status: "in_progress" },
    },
    lines: [
      {
        ago: 3 * HOUR,
        by: "customer",
        as: "handed-off",
        intent: "escalation_request",
        text: "I’d like a person to go through the estimate with me, please",
      },
      {
        ago: 3 * HOUR,
        by: "canned",
        text: CANNED,
      },
      {
        ago: 160,
        by: "staff",
        role: "advisor",
        text: "Hello, Ellie here. The chain itself is £140, the rest is nine hours’ labour. Happy to send photos.",
        status: "read",
      },
      {
        ago: 150,
        by: "customer",
        as: "team",
        text: "Photos would help. Is the tensionner included?",
        later: "edited",
      },
      { ago: 12, by: "customer", as: "team", text: "Sorry, wrong chat 🙈", later: "revoked" },
    ],
    events: [
      { ago: 165, kind: "taken_over", by: "advisor" },
      {
        ago: 140,
        kind: "note",
        by: "advisor",
        body: "Huge bill for her: Tom, could we do the labour at the loyalty rate?",
      },
      {
        ago: 120,
        kind: "note",
        by: "manager",
        body: "Yes, 10% off the labour. Don’t promise Friday, the kit is on back order.",
      },
    ],
    holder: "advisor",
    assignee: "advisor",
    readBy: ["owner", "manager"],
  },
  {
    key: "template",
    channel: "whatsapp",
    name: "Janusz Kowalczyk",
    record: {
      name: "Janusz Kowalczyk",
      registration: "WX17NHO",
      description: "Audi A4 2.0 TDI, 2017, blue",
      motInDays: -4,
      job: { title: "DPF replacement", status: "ready" },
    },
    lines: [
      {
        ago: 3 * DAY,
        by: "customer",
        as: "team",
        text: "OK, do the DPF. Tell me when it’s done, I’m working away",
      },
      {
        ago: 4 * HOUR,
        by: "staff",
        role: "advisor",
        type: "template",
        text: "Hi Janusz, good news: your Audi A4 (WX17 NHO) is ready to collect from Brightside Motors. _Please ask at the desk for your keys._",
        parts: {
          template: {
            name: "vehicle_ready",
            language: "en_GB",
            category: "utility",
            parameters: [
              { part: "body", text: "Janusz" },
              { part: "body", text: "Audi A4 (WX17 NHO)" },
              { part: "body", text: "Brightside Motors" },
            ],
            buttons: [{ kind: "reply", text: "On my way" }],
          },
        },
        status: "read",
      },
      { ago: 3 * HOUR, by: "customer", as: "team", type: "button", text: "On my way" },
      {
        ago: 3 * HOUR - 1,
        by: "customer",
        as: "team",
        text: "Be there about six if that’s OK? Traffic’s a nightmare",
      },
    ],
    holder: "advisor",
    assignee: "manager",
    events: [{ ago: 4 * HOUR - 1, kind: "assigned", by: "advisor", to: "manager" }],
    readBy: ["advisor"],
  },
  {
    key: "closing-soon",
    channel: "whatsapp",
    name: "Oluwaseun",
    lines: [
      {
        ago: 23 * HOUR + 35,
        by: "customer",
        as: "answered",
        intent: "price",
        text: "How much for two rear tyres on a Astra, 225 45 17?",
      },
      {
        ago: 23 * HOUR + 34,
        by: "ai",
        text: "A technician will confirm the price for your Astra. Would you prefer budget or premium tyres?",
      },
    ],
    readBy: EVERYBODY,
  },
  {
    key: "expired",
    channel: "whatsapp",
    name: "Trevor",
    lines: [
      { ago: 2 * DAY + 90, by: "customer", as: "team", text: "Any joy with that gearbox quote?" },
      {
        ago: 2 * DAY,
        by: "phone",
        text: "Hi Trev, still waiting on the reconditioner. Will shout as soon as I hear. Tom",
      },
    ],
    assignee: "manager",
    readBy: EVERYBODY,
  },
  {
    key: "snoozed",
    channel: "sms",
    name: null,
    lines: [
      {
        ago: 8 * HOUR,
        by: "customer",
        as: "team",
        text: "Can you remind me tomorrow about booking the caravan in? Thanks, Maureen",
      },
    ],
    events: [
      { ago: 7 * HOUR + 1, kind: "assigned", by: "advisor", to: "advisor" },
      { ago: 7 * HOUR, kind: "snoozed", by: "advisor", untilDay: 1 },
    ],
    assignee: "advisor",
    readBy: EVERYBODY,
  },
  {
    key: "done",
    channel: "whatsapp",
    name: "Elif Yılmaz",
    lines: [
      { ago: 26 * HOUR, by: "customer", as: "team", text: "Did I leave my sunglasses in the courtesy car?" },
      {
        ago: 25 * HOUR,
        by: "staff",
        role: "advisor",
        text: "You did! They’re behind the desk with your name on.",
        status: "read",
      },
    ],
    events: [
      { ago: 25 * HOUR - 2, kind: "assigned", by: "advisor", to: "advisor" },
      { ago: 24 * HOUR, kind: "done", by: "advisor" },
    ],
    assignee: "advisor",
    readBy: EVERYBODY,
  },
  {
    key: "reopened",
    channel: "sms",
    name: null,
    lines: [
      { ago: 3 * DAY, by: "customer", as: "team", text: "Can I drop the car Thursday night? Lee, Transit" },
      {
        ago: 3 * DAY - 20,
        by: "staff",
        role: "manager",
        text: "Yes, keys through the letterbox please, Lee.",
        status: "delivered",
      },
      { ago: 100, by: "customer", as: "answered", intent: "booking", text: "Make that Friday night, sorry" },
      {
        ago: 99,
        by: "ai",
        text: "No problem, Friday night is fine. Keys through the letterbox as before.",
        status: "delivered",
      },
    ],
    events: [
      { ago: 3 * DAY - 25, kind: "done", by: "manager" },
      { ago: 100, kind: "reopened", by: null },
    ],
    readBy: ["manager"],
  },
];
