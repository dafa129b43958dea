import { DAY, HOUR, type Story, type StoryLine } from "./story";

/** What a fleet customer and the workshop say to each other, van after van. */
const ROUNDS: readonly (readonly [asked: string, told: string])[] = [
  ["Van {n} is due its service, when can you have it?", "Wednesday at eight, if that suits?"],
  ["Wednesday’s fine, Dave will bring it", "Great. We’ll do the MOT while it’s here."],
  ["How’s van {n} looking?", "Nearside front tyre is on 2 mm, discs are fine. Shall we do the tyre?"],
  ["Yes please, same make as last time", "Will do. Ready by three."],
  ["Dave says there’s a light on again in van {n}", "Bring it by, we’ll read the codes while he waits."],
  ["Can you put it all on the account?", "Of course. Invoice at the end of the month as usual."],
];
const TURNS = 75;
const SPACING = 9 * HOUR + 25;
const LATEST = 2 * HOUR;

/** A hundred and fifty messages of a month, to scroll through. */
export const LONG_THREAD: Story = {
  key: "fleet",
  channel: "whatsapp",
  name: "Pennine Parcels (Steph, fleet)",
  record: {
    name: "Pennine Parcels",
    registration: "YC69FLT",
    description: "Mercedes-Benz Sprinter 314, 2019, white",
    motInDays: 17,
    booking: { service: "Full service", day: 3, hour: 8 },
  },
  lines: Array.from({ length: TURNS }, (_, nth): StoryLine[] => {
    const [asked, told] = ROUNDS[nth % ROUNDS.length] ?? ["", ""];
    const ago = LATEST + (TURNS - 1 - nth) * SPACING;
    const van = String(1 + (Math.floor(nth / ROUNDS.length) % 9));
    return [
      { ago, by: "customer", as: "team", text: asked.replace("{n}", van) },
      { ago: ago - 7, by: "staff", role: nth % 3 === 0 ? "manager" : "advisor", text: told, status: "read" },
    ];
  }).flat(),
  events: [
    { ago: 29 * DAY, kind: "taken_over", by: "advisor" },
    {
      ago: 12 * DAY,
      kind: "note",
      by: "manager",
      body: "Fleet account, 30 days. Steph decides, Dave drives.",
    },
  ],
  holder: "advisor",
  readBy: ["owner", "manager", "advisor"],
};
