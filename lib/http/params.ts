import { z } from "zod";
import { AppError } from "@/lib/shared/errors";

/** A uuid in the path. Anything else names nothing of ours: not found. */
export function uuidParam(params: Readonly<Record<string, string>>, name: string): string {
  const parsed = z.uuid().safeParse(params[name]);
  if (!parsed.success) throw new AppError("not_found", "Not found.");
  return parsed.data;
}
