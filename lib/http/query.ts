import type { z } from "zod";
import { parseInput } from "./read-json";

/** `?limit=` of a list: a whole number, else the default; verbs bound it. */
export function limitOf(request: Request, fallback: number): number {
  const limit = Number(new URL(request.url).searchParams.get("limit") ?? fallback);
  return Number.isSafeInteger(limit) && limit > 0 ? limit : fallback;
}

/** What stands behind the `?`, in its shape; of several values under one name, the last. Throws invalid_input as `readJson` does. */
export const queryOf = <T>(request: Request, shape: z.ZodType<T>): T =>
  parseInput(Object.fromEntries(new URL(request.url).searchParams), shape);
