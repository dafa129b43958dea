import type { z } from "zod";
import { cleanJson } from "@/lib/shared/clean-json";
import { AppError } from "@/lib/shared/errors";
import { bodyLimitOf } from "./body-limit";
import { readBody } from "./read-body";

const JSON_TYPE = /^application\/json\s*(;|$)/i;

/** Throws unsupported_media_type unless a request says that it is JSON, which no page of another origin can say unasked. */
export function requireJson(request: Request): void {
  if (!JSON_TYPE.test(request.headers.get("content-type") ?? ""))
    throw new AppError("unsupported_media_type", "Send JSON, with content-type: application/json.");
}

/** A small JSON body in its shape. Throws invalid_input that names the fields at fault, never their values. */
export async function readJson<T>(request: Request, shape: z.ZodType<T>): Promise<T> {
  const raw = await readBody(request, bodyLimitOf(new URL(request.url).pathname));
  return parseInput(parse(raw), shape);
}

/**
 * What came from outside, in its shape and storable, without NUL or half a surrogate pair: bodies, queries and the input of
 * actions all pass here. The shape holds before cleaning too, so that no address is made of what is none. Throws invalid_input
 * that names the fields at fault, never their values.
 */
export function parseInput<T>(value: unknown, shape: z.ZodType<T>): T {
  const given = shape.safeParse(value);
  const parsed = given.success ? shape.safeParse(cleanJson(value)) : given;
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join(".") || "body");
  throw new AppError("invalid_input", `Check ${[...new Set(fields)].join(", ")}.`, { field: fields[0] });
}

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return undefined;
  }
}
