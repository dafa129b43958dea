import type { z } from "zod";
import { parseInput } from "./read-json";

/** `?limit=` of a list: a whole number in plain digits; anything else counts as not given. Verbs bound it. */
export function limitOf(request: Request, fallback: number): number {
  const given = new URL(request.url).searchParams.get("limit") ?? "";
  return /^[1-9]\d{0,8}$/.test(given) ? Number(given) : fallback;
}

/** What stands behind the `?`, in its shape; of several values under one name, the last. Throws invalid_input as `readJson` does. */
export const queryOf = <T>(request: Request, shape: z.ZodType<T>): T =>
  parseInput(Object.fromEntries(new URL(request.url).searchParams), shape);
