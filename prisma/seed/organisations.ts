import type { Channel } from "@/lib/credits/core/price-usage";
import type { SubscriptionState } from "@/lib/credits/core/subscription";
import { USUAL_WEEK, type WeekHours } from "@/lib/garage/core/opening-hours";
import { demoId } from "./names";
import type { OrganisationProfile } from "./profile";

/** Full interactions on a weekday. */
export type Volume = Readonly<Record<Channel, number>>;

/** How a garage came to where the demo shows it. Credits and pence are whole; days count back from the demo's day. */
export type DemoOrganisation = OrganisationProfile & {
  readonly state: SubscriptionState;
  readonly allowance: number;
  readonly trialCapPence: number;
  /** Days since the running cycle (or the trial) began: 0 to 27, so that it begins exactly then in any month. */
  readonly cycleAge: number;
  /** Credits used in the cycle before this one; undefined: there was none. */
  readonly usedBefore?: number;
  /** What was used since, exactly: credits, or a trial's spend. */
  readonly used: { readonly credits: number } | { readonly spendPence: number };
  readonly volume: Volume;
  /** Days at the end without full service, with degraded calls instead. */
  readonly degradedDays: number;
  /** It has been longer where the last Saturday is. */
  readonly sinceSaturday?: true;
  readonly grants: readonly DemoGrant[];
  readonly frozen?: { readonly daysAgo: number; readonly reason: string };
  /** It was active until then, and has been in its state since. */
  readonly lapsed?: { readonly daysAgo: number; readonly reason: string };
  /** What it subscribed to at Stripe, a year or more ago. */
  readonly subscribed?: DemoSubscription;
};

export type DemoSubscription = {
  readonly bays: number;
  /** Of the local Stripe. */
  readonly priceId: string;
  /** A test card's number. */
  readonly card: string;
};

export type DemoGrant = {
  readonly credits: number;
  readonly daysAgo: number;
  readonly key: string;
  readonly reason: string;
} & (
  | { readonly kind: "gifted" }
  | {
      readonly kind: "purchased";
      readonly packName: string;
      readonly pricePence: number;
      /** Given back in full so many days before the demo's. */
      readonly refundedDaysAgo?: number;
    }
);

const SMALL: Volume = { voice: 1, whatsapp: 3, sms: 2, diagnostics: 1 };
const BUSY: Volume = { voice: 2, whatsapp: 5, sms: 3, diagnostics: 2 };
const WORKDAY = [{ from: "08:00", to: "17:30" }];
const WEEKDAYS: WeekHours = {
  mon: WORKDAY,
  tue: WORKDAY,
  wed: WORKDAY,
  thu: WORKDAY,
  fri: WORKDAY,
  sat: [{ from: "08:30", to: "12:30" }],
  sun: "closed",
};
const SIX_DAYS = USUAL_WEEK;

const VISA = "4242424242424242";
const MASTERCARD = "5555555555554444";
const AMEX = "378282246310005";
const MONTHLY: DemoSubscription = { bays: 4, priceId: "price_bay_monthly", card: VISA };

/** What most have in common; `id` and `n` are filled in below. */
const BASE = {
  state: "active",
  allowance: 2_000,
  trialCapPence: 0,
  volume: BUSY,
  degradedDays: 0,
  grants: [],
  week: WEEKDAYS,
} as const;
const ACTIVE = { ...BASE, subscribed: MONTHLY } as const;
const TRIAL = { ...BASE, state: "trial", allowance: 1_000, trialCapPence: 500, volume: SMALL } as const;

const ORGANISATIONS: readonly Omit<DemoOrganisation, "id" | "n">[] = [
  {
    ...ACTIVE,
    slug: "brightside",
    name: "Brightside Motors",
    services: ["MOT", "Full service", "Interim service", "Brakes", "Clutch replacement", "Air conditioning"],
    assistant: { name: "Grace", voiceId: "EXAVITQu4vr4xnSDxMaL" },
    cycleAge: 17,
    usedBefore: 1_380,
    used: { credits: 1_020 },
    grants: [
      { kind: "gifted", credits: 200, daysAgo: 12, key: "seed:gift", reason: "Goodwill after a slow start" },
      {
        kind: "purchased",
        credits: 300,
        packName: "Welcome pack",
        pricePence: 300,
        daysAgo: 6,
        key: "seed:purchase",
        reason: "Paid by bank transfer",
      },
      {
        kind: "purchased",
        credits: 1_000,
        packName: "Starter",
        pricePence: 1_000,
        daysAgo: 25,
        refundedDaysAgo: 24,
        key: "seed:refunded",
        reason: "Bought twice by mistake",
      },
    ],
  },
  {
    ...ACTIVE,
    slug: "lowfell",
    name: "Lowfell Garage",
    services: ["MOT", "Servicing", "Diagnostics", "Exhausts"],
    assistant: { name: "Alfie", voiceId: "N2lVS1w4EtoT3dr4eOWO" },
    subscribed: { bays: 4, priceId: "price_bay_yearly", card: MASTERCARD },
    cycleAge: 20,
    usedBefore: 1_700,
    used: { credits: 1_810 },
  },
  {
    ...ACTIVE,
    slug: "ironbridge",
    name: "Ironbridge Autos",
    services: ["MOT", "Servicing", "Welding", "Suspension", "Tyres"],
    assistant: { name: "Bronwen", voiceId: "XB0fDUnXU5powFXDhCwa" },
    week: SIX_DAYS,
    cycleAge: 22,
    usedBefore: 1_900,
    used: { credits: 2_000 },
    degradedDays: 2,
    sinceSaturday: true,
  },
  {
    ...TRIAL,
    slug: "quayside",
    name: "Quayside MOT",
    services: ["MOT", "MOT retest", "Light repairs"],
    assistant: { name: "Nell", voiceId: "pFZP5JQG7iQjIQuC4Bku" },
    // The last of its first steps.
    week: null,
    cycleAge: 8,
    used: { spendPence: 120 },
  },
  {
    ...TRIAL,
    slug: "harbour",
    name: "Harbour Tyres",
    services: ["Tyres", "Puncture repairs", "Wheel alignment", "Balancing"],
    assistant: { name: "Finn", voiceId: "IKne3meq5aSn9XLyUdCD" },
    week: SIX_DAYS,
    cycleAge: 13,
    used: { spendPence: 500 },
    volume: BUSY,
    degradedDays: 1,
  },
  {
    ...ACTIVE,
    slug: "oldmill",
    name: "Old Mill Garage",
    services: ["MOT", "Servicing", "Classic cars"],
    assistant: { name: "Margaret", voiceId: "ThT5KcBeYPX3keUQqHPh" },
    state: "grandfathered",
    // A price that is sold no more.
    subscribed: { bays: 2, priceId: "price_bay_2024", card: AMEX },
    allowance: 1_000,
    volume: SMALL,
    cycleAge: 0,
    usedBefore: 640,
    used: { credits: 0 },
  },
  {
    ...BASE,
    slug: "showroom",
    name: "Showroom Demo",
    services: ["MOT", "Servicing", "Tyres", "Bodywork"],
    assistant: { name: "Ava", voiceId: "EXAVITQu4vr4xnSDxMaL" },
    state: "demo",
    allowance: 0,
    volume: SMALL,
    cycleAge: 5,
    used: { credits: 60 },
  },
  {
    ...ACTIVE,
    slug: "coldstart",
    name: "Coldstart Cars",
    services: ["MOT", "Servicing", "Batteries", "Starter motors"],
    assistant: { name: "Callum", voiceId: "onwK4e9ZLuTAKqWW03F9" },
    cycleAge: 15,
    usedBefore: 1_150,
    used: { credits: 1_100 },
    degradedDays: 2,
    frozen: { daysAgo: 2, reason: "Unusual calling pattern, under review with the owner" },
  },
  {
    ...ACTIVE,
    slug: "millbrook",
    name: "Millbrook Motors",
    services: ["MOT", "Servicing", "Timing belts", "Hybrid checks"],
    assistant: { name: "Orla", voiceId: "EXAVITQu4vr4xnSDxMaL" },
    state: "past_due",
    cycleAge: 9,
    usedBefore: 1_240,
    used: { credits: 610 },
    lapsed: { daysAgo: 9, reason: "The card on file was declined" },
  },
  {
    ...ACTIVE,
    slug: "harrow",
    name: "Harrow Lane Autos",
    services: ["MOT", "Servicing", "Bodywork", "Tyres"],
    assistant: { name: "Jasper", voiceId: "N2lVS1w4EtoT3dr4eOWO" },
    state: "canceled",
    subscribed: { ...MONTHLY, card: MASTERCARD },
    cycleAge: 24,
    usedBefore: 1_720,
    used: { credits: 2_150 },
    grants: [
      {
        kind: "purchased",
        credits: 1_000,
        packName: "Starter",
        pricePence: 1_000,
        daysAgo: 16,
        key: "seed:purchase",
        reason: "Paid by bank transfer",
      },
    ],
    lapsed: { daysAgo: 3, reason: "Cancelled by the owner" },
  },
];

/** Days without full service before this one: of a weekend without credits two, and the days that have passed since. */
export function degradedDaysOf({ degradedDays, sinceSaturday }: DemoOrganisation, day: string): number {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return sinceSaturday ? Math.max(degradedDays, weekday + 1) : degradedDays;
}

export const DEMO_ORGANISATIONS: readonly DemoOrganisation[] = ORGANISATIONS.map((organisation, index) => ({
  ...organisation,
  id: demoId(`organisation:${organisation.slug}`),
  n: index + 1,
}));
