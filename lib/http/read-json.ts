import type { z } from "zod";
import { AppError } from "@/lib/shared/errors";
import { readBody } from "./read-body";

const MAX_JSON_BYTES = 64 * 1024;

/** A small JSON body in its shape. Throws invalid_input that names the fields at fault, never their values. */
export async function readJson<T extends z.ZodType>(request: Request, shape: T): Promise<z.output<T>> {
  const raw = await readBody(request, MAX_JSON_BYTES);
  const parsed = shape.safeParse(parse(raw));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join(".") || "body");
  throw new AppError("invalid_input", `Check ${[...new Set(fields)].join(", ")}.`);
}

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString("utf8"));
  } catch {
    return undefined;
  }
}
