import { z } from "zod";
import { londonDay } from "@/lib/shared/london-time";
import {
  type Closure,
  isOpenAt,
  nextOpening,
  sayHours,
  USUAL_WEEK,
  type WeekHours,
  withClosures,
} from "./core/opening-hours";

/** When a garage is open, as it is stored. */
export type GarageHours = {
  /** Null where the garage has not said. */
  readonly week: WeekHours | null;
  readonly closures: readonly Closure[];
  /** How the hours were written once, where that could not be read; the AI says it as it stands. */
  readonly written: string | null;
};

const span = z.object({ from: z.string(), to: z.string() });
const dayHours = z.union([z.literal("closed"), z.literal("24h"), z.array(span)]);

/** The shapes of the columns, and of what a form sends; whether it makes sense is `checkGarage`'s to say. */
export const weekShape = z.object({
  mon: dayHours,
  tue: dayHours,
  wed: dayHours,
  thu: dayHours,
  fri: dayHours,
  sat: dayHours,
  sun: dayHours,
});
export const closureShape = z.object({ from: z.string(), to: z.string(), name: z.string() });

/** Reads the columns; what holds nothing usable counts as not said. */
export function readHours(stored: {
  readonly openingHours: unknown;
  readonly closures: unknown;
  readonly hours: string | null;
}): GarageHours {
  const week = weekShape.safeParse(stored.openingHours);
  const closures = z.array(closureShape).safeParse(stored.closures);
  return {
    week: week.success ? week.data : null,
    closures: closures.success ? closures.data : [],
    written: stored.hours,
  };
}

/**
 * The hours and the closures as the AI and customers are told them at a moment; undefined where the garage has said neither.
 * `usual` stands for hours that it has not said.
 */
export function sayGarageHours(
  { week, closures, written }: GarageHours,
  at: Date,
  usual?: string,
): string | undefined {
  const today = londonDay(at);
  if (week) return sayHours({ week, closures }, today);
  return withClosures(written || usual, closures, today) || undefined;
}

/** Whether an appointment may start then; by the usual hours where the garage has not said. */
export const isGarageOpen = ({ week, closures }: GarageHours, at: Date): boolean =>
  isOpenAt({ week: week ?? USUAL_WEEK, closures }, at);

/** When the garage opens next after a moment; undefined where it does not within a year. */
export const garageOpensNext = ({ week, closures }: GarageHours, at: Date): Date | undefined =>
  nextOpening({ week: week ?? USUAL_WEEK, closures }, at);
