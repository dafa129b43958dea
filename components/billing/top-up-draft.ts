import { type TopUpDto, type TopUpPack, thresholdRange } from "@/lib/billing/client";
import { formatNumber, formatPence } from "@/lib/shared/format";

/** The fields of the form, as the API names them. */
export const TOP_UP_FIELDS = ["threshold", "packId", "monthlyLimitPence"] as const;

export type TopUpField = (typeof TOP_UP_FIELDS)[number];

/** What was typed or chosen; a field that is left out stands as it is saved. */
export type TopUpDraft = { readonly [Field in TopUpField]?: string };

export type TopUpFields = { readonly [Field in TopUpField]: string };

export type TopUpFaults = { readonly [Field in TopUpField]?: string };

type Saved = Pick<TopUpDto, "threshold" | "packId" | "monthlyLimitPence" | "packs" | "minThreshold">;

/** What can be confirmed: whole credits, pence. */
export type ReadTerms = {
  readonly threshold: number;
  readonly pack: TopUpPack;
  readonly monthlyLimitPence: number | null;
};

export type ReadDraft =
  | { readonly kind: "terms"; readonly terms: ReadTerms }
  | { readonly kind: "faults"; readonly faults: TopUpFaults };

/** What the fields show: what was typed over what is saved. Before anything is saved, the first pack is chosen. */
export function fieldsOf(saved: Saved, draft: TopUpDraft): TopUpFields {
  return {
    threshold: saved.threshold === null ? "" : formatNumber(saved.threshold),
    packId: saved.packId ?? saved.packs[0]?.id ?? "",
    monthlyLimitPence: saved.monthlyLimitPence === null ? "" : inPounds(saved.monthlyLimitPence),
    ...draft,
  };
}

/** The chosen pack, and the thresholds that it allows; before one is chosen, those of any. */
export function choice({ packs, minThreshold }: Saved, { packId }: TopUpFields) {
  const pack = packs.find(({ id }) => id === packId);
  const max = pack?.maxThreshold ?? Math.max(minThreshold, ...packs.map((one) => one.maxThreshold));
  return { pack, min: minThreshold, max };
}

/** Whether these terms are the ones that auto top-up stands on. */
export const isSaved = (saved: TopUpDto, { threshold, pack, monthlyLimitPence }: ReadTerms): boolean =>
  saved.enabled &&
  saved.threshold === threshold &&
  saved.packId === pack.id &&
  saved.monthlyLimitPence === monthlyLimitPence;

/** Reads the fields, or says at each what is wrong with it. */
export function readFields(saved: Saved, fields: TopUpFields): ReadDraft {
  const { pack, min, max } = choice(saved, fields);
  const threshold = readWhole(fields.threshold);
  const limit = readLimit(fields.monthlyLimitPence);
  const isInRange = threshold !== undefined && threshold >= min && threshold <= max;
  if (pack && isInRange && limit !== undefined && (limit === null || limit >= pack.pricePence))
    return { kind: "terms", terms: { threshold, pack, monthlyLimitPence: limit } };
  return {
    kind: "faults",
    faults: {
      ...(isInRange ? {} : { threshold: `Enter a whole number from ${thresholdRange(min, max)}.` }),
      ...(pack ? {} : { packId: "Choose a credit pack." }),
      ...limitFault(limit, pack),
    },
  };
}

/** "1,000" and "1000 credits" are a thousand; undefined: no whole number. */
function readWhole(text: string): number | undefined {
  const digits = text.replace(/[\s,]|credits?$/gi, "");
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}

/** "£1,250.50" in pence; null: left empty; undefined: no amount. */
function readLimit(text: string): number | null | undefined {
  const amount = text.replace(/[\s,£]/g, "");
  if (amount === "") return null;
  const [, pounds, pence = ""] = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  return pounds === undefined ? undefined : Number(pounds) * 100 + Number(pence.padEnd(2, "0"));
}

function limitFault(limit: number | null | undefined, pack: TopUpPack | undefined): TopUpFaults {
  if (limit === undefined)
    return { monthlyLimitPence: "Enter an amount in pounds, such as 50, or leave it empty." };
  if (limit === null || !pack || limit >= pack.pricePence) return {};
  return {
    monthlyLimitPence: `Enter at least ${formatPence(pack.pricePence)}, the price of the pack, or leave it empty.`,
  };
}

/** "50", "50.50": an amount as people type it. */
const inPounds = (pence: number): string =>
  pence % 100 === 0
    ? String(pence / 100)
    : `${Math.floor(pence / 100)}.${String(pence % 100).padStart(2, "0")}`;
