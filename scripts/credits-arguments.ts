// What the commands of `npm run credits` are given: parsed here, refused with a usage error where it is wrong.
import type { Ctx } from "@/lib/auth/context";
import { londonDay, londonMoment } from "@/lib/shared/london-time";
import { credits, type Microcredits } from "@/lib/shared/money";

export class UsageError extends Error {}

export const OPTIONS = {
  kind: { type: "string" },
  expires: { type: "string" },
  reason: { type: "string" },
  key: { type: "string" },
  take: { type: "string" },
  "write-off": { type: "string" },
  price: { type: "string" },
  state: { type: "string" },
  bays: { type: "string" },
  allowance: { type: "string" },
  name: { type: "string" },
  credits: { type: "string" },
  position: { type: "string" },
  hours: { type: "string" },
  monthly: { type: "string" },
  yearly: { type: "string" },
  "tax-rate": { type: "string" },
  withdraw: { type: "boolean" },
  id: { type: "string" },
  number: { type: "string" },
  account: { type: "string" },
  off: { type: "boolean" },
  all: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

export type Options = {
  readonly [Name in keyof typeof OPTIONS]?: (typeof OPTIONS)[Name]["type"] extends "boolean"
    ? boolean
    : string;
};

export type Call = {
  readonly ctx: Ctx;
  readonly args: readonly string[];
  readonly options: Options;
  readonly print: (text: string) => void;
};

export type Command = {
  readonly arguments: number;
  /** Where some may be left out; otherwise as many as there must be. */
  readonly atMost?: number;
  readonly options: readonly (keyof Options)[];
  /** Returns the exit code. */
  readonly run: (call: Call) => Promise<number>;
};

const MOST_CREDITS = 100_000_000;

/** "1,480": whole credits as people write them. */
export const inFull = (value: number): string => value.toLocaleString("en-GB");

/** "1 credit", "1,480 credits". */
export const creditsInWords = (whole: number): string =>
  `${inFull(whole)} ${whole === 1 ? "credit" : "credits"}`;

export function amountOf(text = ""): Microcredits {
  const amount = /^(\d+|\d{1,3}(,\d{3})+)$/.test(text) ? Number(text.replaceAll(",", "")) : 0;
  if (amount < 1)
    throw new UsageError(`"${text}" is not an amount: give positive whole credits, such as 500.`);
  if (amount > MOST_CREDITS)
    throw new UsageError(`At most ${inFull(MOST_CREDITS)} credits can be granted at once.`);
  return credits(amount);
}

export function numberOf(option: string, text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`${option} takes a whole number.`);
  return Number(text);
}

/** Pence, from "10" or "10.00". */
export function penceOf(text: string): number {
  const [, pounds, pence = "0"] = /^£?(\d{1,6})(?:\.(\d{2}))?$/.exec(text) ?? [];
  if (pounds === undefined) throw new UsageError(`"${text}" is not a price: give pounds, such as 10.00.`);
  return Number(pounds) * 100 + Number(pence);
}

export function baysOf(text: string): number {
  const bays = numberOf("--bays", text);
  if (bays < 1 || bays > 50) throw new UsageError("--bays takes a number from 1 to 50.");
  return bays;
}

/** London midnight at the start of a day in the future. */
export function startOfDay(text: string, now: Date): Date {
  const start = /^\d{4}-\d{2}-\d{2}$/.test(text) ? londonMoment(text) : undefined;
  if (!start || londonDay(start) !== text)
    throw new UsageError(`"${text}" is not a date: write it as YYYY-MM-DD.`);
  if (start.getTime() <= now.getTime()) throw new UsageError("--expires must be a day in the future.");
  return start;
}
