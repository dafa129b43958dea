import { londonMoment } from "@/lib/shared/london-time";
import { CANNED, HOUR, MINUTE_MS, type Story, type StoryLine } from "./story";

type Waiting = {
  readonly key: string;
  readonly channel: "whatsapp" | "sms";
  readonly name: string | null;
  readonly texts: readonly string[];
};

/** Whoever wrote while there were no credits, in the order in which they wrote. */
const WAITING: readonly Waiting[] = [
  {
    key: "sat-breakdown",
    channel: "whatsapp",
    name: "Rhys Bowen",
    texts: ["Clutch has gone outside Tesco, can somebody fetch the car?", "Hello? Still stuck here"],
  },
  { key: "sat-mot", channel: "sms", name: null, texts: ["Is my MOT still on for 10? Gwen, the Jazz"] },
  {
    key: "sat-tyre",
    channel: "whatsapp",
    name: "Kasia Zielińska",
    texts: ["Flat tyre, two kids in the car. Are you open?"],
  },
  {
    key: "sat-price",
    channel: "whatsapp",
    name: "Marcus",
    texts: ["Price for welding a sill on a 2008 Focus?"],
  },
  {
    key: "sun-warning",
    channel: "whatsapp",
    name: "Dafydd ap Llewelyn-Prydderch",
    texts: ["Oil light came on at 70. I’ve switched off, what now?", "Photo didn’t send. It’s the red one"],
  },
  {
    key: "sun-battery",
    channel: "sms",
    name: null,
    texts: ["Battery flat again. Did you fit a new one? Ann"],
  },
  {
    key: "sun-courtesy",
    channel: "whatsapp",
    name: "Precious N",
    texts: ["Can I keep the courtesy car until my part is in?"],
  },
  { key: "sun-keys", channel: "sms", name: null, texts: ["Keys are in your letterbox, silver Golf. Mike"] },
  {
    key: "mon-brakes",
    channel: "whatsapp",
    name: "Lowri",
    texts: ["Brakes feel spongy since the weekend. Is it safe to drive in?"],
  },
  { key: "mon-collect", channel: "sms", name: null, texts: ["Can my son collect the Corsa? Name’s Josh"] },
  {
    key: "mon-invoice",
    channel: "whatsapp",
    name: "Border Timber Ltd",
    texts: ["Please send the invoice for HX15 again, accounts never had it"],
  },
  { key: "mon-late", channel: "sms", name: null, texts: ["Running 20 late for my service sorry. Pam"] },
  {
    key: "now",
    channel: "whatsapp",
    name: "Iwan T",
    texts: ["Anybody there? I only want to know if it’s ready"],
  },
];

/** Opening hours of the first day are over the later, the longer ago it was. */
const FIRST_HOUR = 9;
const LATEST_MINUTES = 16;
const BETWEEN_TEXTS = 22;

/** Everybody who wrote since the credits ran out, each with the canned words and waiting; the first ones' windows have closed. */
export function weekend(moment: Date, day: string, degradedDays: number): Story[] {
  const span = (moment.getTime() - londonMoment(day, -degradedDays, FIRST_HOUR).getTime()) / MINUTE_MS;
  const step = (span - LATEST_MINUTES) / (WAITING.length - 1);
  return WAITING.map((waiting, nth) => told(waiting, Math.round(span - nth * step)));
}

const told = ({ texts, ...story }: Waiting, first: number): Story => ({
  ...story,
  lines: texts.flatMap((text, nth): StoryLine[] => {
    const ago = Math.max(1, first - nth * BETWEEN_TEXTS);
    return [
      { ago, by: "customer", as: "degraded", text },
      { ago, by: "canned", text: CANNED },
    ];
  }),
  attention: "degraded",
});

/** A trial that has reached its cap: a few wait. */
export const CAPPED: readonly Story[] = [
  told(
    { key: "puncture", channel: "whatsapp", name: "Jory", texts: ["Slow puncture, can you look today?"] },
    5 * HOUR,
  ),
  told(
    { key: "alignment", channel: "sms", name: null, texts: ["How much is wheel alignment? Kerensa"] },
    3 * HOUR,
  ),
  told(
    {
      key: "van",
      channel: "whatsapp",
      name: "St Mawes Laundry",
      texts: ["Four van tyres for Friday, possible?"],
    },
    40,
  ),
];
